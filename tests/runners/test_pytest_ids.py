"""pytest's reports, with its own ids again: against what the real pytest says of itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from repairlsp.runners import ReportedCase, earlier_run, read_junit
from repairlsp.types import Outcome

TESTS = """\
import pytest


@pytest.mark.parametrize("value", ["a.b", "a::b", "[x]", "é", "a b", "", "1/2", "<&>"])
def test_values(value):
    assert value != "1/2"


class TestOuter:
    class TestInner:
        def test_deep(self):
            pass

    @pytest.mark.xfail
    def test_known(self):
        raise ValueError

    @pytest.mark.skip
    def test_later(self):
        pass

    @pytest.fixture
    def broken(self):
        yield
        raise OSError("in\\nthe teardown")

    def test_teardown(self, broken):
        pass
"""
MODULE = '''\
def double(x):
    """
    >>> double(2)
    4
    """
    return 2 * x
'''


@pytest.fixture(scope="module", params=["xunit1", "xunit2"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose tests have run, with their report and what pytest printed."""
    folder = tmp_path_factory.mktemp("project")
    for path, text in {
        "tests/unit/test_a.py": TESTS,
        "tests/unit.py": "",  # a module that its folder's name could be taken for
        "tests/test_unloadable.py": "import nowhere\n",
        "test_root.py": "def test_root():\n    pass\n",
        "shop/tools.py": MODULE,
        "pytest.ini": f"[pytest]\njunit_family = {request.param}\n",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    options = ("-rA", "-p", "no:cacheprovider", "--doctest-modules", "--import-mode=importlib")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", *options),
            *("--junit-xml=report.xml", "--continue-on-collection-errors"),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    (folder / "output.txt").write_text(done.stdout, "utf-8")
    return folder


def test_every_id_is_what_pytest_calls_it(project: Path) -> None:
    run, unknown = earlier_run(read_junit(project / "report.xml"), project)
    assert unknown == ()
    output = (project / "output.txt").read_text("utf-8")
    told: dict[str, Outcome] = {}
    words: dict[str, Outcome] = {"PASSED": "passed", "FAILED": "failed", "ERROR": "error"}
    for word, test in re.findall(r"^(PASSED|FAILED|ERROR) (.+?)(?: - .*)?$", output, re.M):
        if test not in told or words[word] != "passed":
            told[test] = words[word]
    ran = {case.id: case.outcome for case in run.cases}
    assert {name: ran.get(name) for name in told} == told
    assert set(ran) - set(told) == {
        "tests/unit/test_a.py::TestOuter::test_known",
        "tests/unit/test_a.py::TestOuter::test_later",
    }
    assert ran["tests/unit/test_a.py::TestOuter::test_known"] == "xfailed"
    assert ran["tests/unit/test_a.py::TestOuter::test_later"] == "skipped"
    assert run.status == "failed"


def test_a_report_of_a_run_in_the_folder_above(project: Path) -> None:
    below = f"{project.name}/"
    cases = (
        ReportedCase(f"{project.name}.tests.unit.test_a.TestX", "test_y", "", "failed", "", 0.5),
        ReportedCase("", f"{project.name}.tests.test_unloadable", "", "error", "", 0.0),
        ReportedCase("k", "test_root", f"{project.name}/test_root.py", "passed", "", 0.25),
    )
    run, unknown = earlier_run(cases, project, below)
    assert [case.id for case in run.cases] == [
        "tests/unit/test_a.py::TestX::test_y",
        "tests/test_unloadable.py",
        "test_root.py::k::test_root",
    ]
    assert unknown == ()
    assert run.seconds == 0.75


def test_what_is_not_in_the_project_is_told_where_it_failed(tmp_path: Path) -> None:
    cases = (
        ReportedCase("shop.CartTest", "total", "", "failed", "", 0.0),
        ReportedCase("shop.CartTest", "other", "", "passed", "", 0.0),
    )
    run, unknown = earlier_run(cases, tmp_path)
    assert run.cases == ()
    assert unknown == ("shop.CartTest.total",)


def test_what_xml_cannot_hold_is_asked_for_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").touch()
    cases = (
        ReportedCase("test_a", "test_b[#x1B]", "", "failed", "", 0.0),
        ReportedCase("test_a", "test_b[#x00]", "", "passed", "", 0.0),
    )
    run, _ = earlier_run(cases, tmp_path)
    assert [(case.id, case.outcome) for case in run.cases] == [("test_a.py::test_b", "failed")]
