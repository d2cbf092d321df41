"""JUnit XML, the report that nearly every test runner can write.

There is no standard: what is read here is common to pytest, Maven Surefire, Gradle, ctest and the
like (Ant's XMLJUnitResultFormatter, whose elements they all took over).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from repairlsp.errors import UsageError
from repairlsp.types import Outcome

_HOW: Final = "give the file that CI wrote, for example by `pytest --junit-xml=report.xml`"
_MAX_BYTES: Final = 256 << 20


@dataclass(frozen=True, slots=True)
class ReportedCase:
    """A `testcase` element, in the report's own words. `file` is "" where the runner did not say.
    `message` is empty unless the test failed."""

    classname: str
    name: str
    file: str
    outcome: Outcome
    message: str
    seconds: float


def read_junit(path: Path) -> tuple[ReportedCase, ...]:
    """The test cases of a report, in its order.

    Raises UsageError for a file that is missing or no JUnit XML, and for one with entities of its
    own, which no test runner writes and which can be made to read other files or to fill the
    memory.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import parse

    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UsageError(f"the report {path} is larger than {_MAX_BYTES >> 20} MB", _HOW)
        root = parse(path).getroot()
    except OSError as error:
        raise UsageError(f"the report {path} cannot be read: {error.strerror}", _HOW) from error
    except (ParseError, ValueError, LookupError) as error:  # DefusedXmlException is a ValueError
        why = "it declares entities" if isinstance(error, DefusedXmlException) else str(error)
        raise UsageError(f"{path} is no JUnit XML: {why}", _HOW) from error
    if _tag(root) not in ("testsuites", "testsuite"):
        raise UsageError(f"{path} is no JUnit XML: it holds <{_tag(root)}>", _HOW)
    return tuple(_case(element) for element in root.iter() if _tag(element) == "testcase")


def _case(element: Element) -> ReportedCase:
    outcome: Outcome = "passed"
    message = ""
    for child in element:
        match _tag(child):
            case "failure" | "error" as tag:
                outcome = "error" if tag == "error" else "failed"
                message = child.get("message") or child.get("type") or (child.text or "").strip()
                break
            case "skipped":
                # pytest reports a test that was expected to fail, and did, as skipped.
                expected = child.get("type") == "pytest.xfail"
                outcome, message = ("xfailed" if expected else "skipped"), ""
    return ReportedCase(
        classname=element.get("classname", ""),
        name=element.get("name", ""),
        file=element.get("file", ""),
        outcome=outcome,
        message=" ".join(message.split()),
        seconds=_seconds(element.get("time", "")),
    )


def _tag(element: Element) -> str:
    """The element's name without a namespace, which some runners give it."""
    return str(element.tag).rpartition("}")[2]


def _seconds(text: str) -> float:
    try:
        return max(float(text.replace(",", "")), 0.0)  # Surefire: `1,234.5`
    except ValueError:
        return 0.0
