"""Reading JUnit XML: of pytest, of other runners, and what is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from repairlsp.errors import UsageError
from repairlsp.runners import ReportedCase, read_junit


def cases(folder: Path, text: str) -> tuple[ReportedCase, ...]:
    file = folder / "report.xml"
    file.write_text(text)
    return read_junit(file)


def test_what_surefire_writes(tmp_path: Path) -> None:
    text = """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="shop.CartTest" time="1,234.5"
    tests="3" errors="1" skipped="1" failures="1">
  <properties><property name="java.version" value="17"/></properties>
  <testcase name="total" classname="shop.CartTest" time="1,000.25">
    <failure message="expected: &lt;3&gt; but was: &lt;2&gt;" type="AssertionFailedError"><![CDATA[
        at shop.CartTest.total(CartTest.java:9)]]></failure>
    <system-out>noise</system-out>
  </testcase>
  <testcase name="broken" classname="shop.CartTest" time="0.1">
    <error type="java.lang.NullPointerException">at shop.Cart.java:3</error>
  </testcase>
  <testcase name="later" classname="shop.CartTest"><skipped/></testcase>
</testsuite>
"""
    assert cases(tmp_path, text) == (
        ReportedCase("shop.CartTest", "total", "", "failed", "expected: <3> but was: <2>", 1000.25),
        ReportedCase("shop.CartTest", "broken", "", "error", "java.lang.NullPointerException", 0.1),
        ReportedCase("shop.CartTest", "later", "", "skipped", "", 0.0),
    )


def test_what_ctest_writes(tmp_path: Path) -> None:
    text = """\
<testsuite name="(empty)" tests="2" failures="1" disabled="0" skipped="0">
  <testcase name="adds" classname="adds" time="0.004" status="run"><system-out/></testcase>
  <testcase name="divides" classname="divides" time="0.2" status="fail">
    <failure message="Failed"/><system-out>1 != 2</system-out>
  </testcase>
</testsuite>
"""
    told = cases(tmp_path, text)
    assert [(case.name, case.outcome, case.message) for case in told] == [
        ("adds", "passed", ""),
        ("divides", "failed", "Failed"),
    ]


def test_suites_in_suites_and_namespaces(tmp_path: Path) -> None:
    text = """\
<testsuites xmlns="urn:x"><testsuite><testsuite>
  <testcase name="a" classname="k" file="a.js"/>
</testsuite></testsuite></testsuites>
"""
    assert cases(tmp_path, text) == (ReportedCase("k", "a", "a.js", "passed", "", 0.0),)


BOMB = """\
<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<testsuites><testsuite name="&b;"/></testsuites>
"""
FILE = """\
<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<testsuites><testsuite><testcase name="&a;"/></testsuite></testsuites>
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JUnit XML: no element found"),
        ("<html></html>", "no JUnit XML: it holds <html>"),
        ("<testsuites><testsuite>", "no JUnit XML: no element found"),
        ("1..2\nok 1\n", "no JUnit XML: syntax error"),
        ('<?xml version="1.0" encoding="klingon"?><testsuites/>', "no JUnit XML: unknown encoding"),
        (BOMB, "no JUnit XML: it declares entities"),
        (FILE, "no JUnit XML: it declares entities"),
    ],
)
def test_what_is_no_report(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)) as told:
        cases(tmp_path, text)
    assert "--junit-xml=report.xml" in told.value.hint


def test_no_report(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xml", tmp_path):
        with pytest.raises(UsageError, match="cannot be read: "):
            read_junit(path)
