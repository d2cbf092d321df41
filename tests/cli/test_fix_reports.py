"""`repairlsp fix --junit`: what failed is taken from a report of CI's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from repairlsp.baseline import run_baseline
from repairlsp.runners import earlier_run, read_junit
from repairlsp.sandbox import NEVER
from repairlsp.types import RepairRequest
from repairlsp.validate import Workspace
from tests.cli.command import repairlsp

FILES = {
    "shop.py": "def larger(a, b):\n    if a < b:\n        return a\n    return b\n",
    "test_shop.py": """\
from shop import larger


def test_larger():
    assert larger(1, 2) == 2


def test_equal():
    assert larger(5, 5) == 5
""",
    # It tells how often it ran: a suite that takes long, say.
    "test_other.py": """\
from pathlib import Path


def test_counted():
    with Path({counter!r}).open("a") as file:
        file.write("x")
""",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text.replace("{counter!r}", repr(str(tmp_path / "runs"))))
    return folder


def report_of(project: Path) -> Path:
    report = project.parent / "report.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    subprocess.run([*command, f"--junit-xml={report}"], cwd=project, check=False)
    return report


def test_before_the_search_only_the_failing_tests_files_run(project: Path) -> None:
    report, counter = report_of(project), project.parent / "runs"
    run, _ = earlier_run(read_junit(report), project)
    request = RepairRequest(project, ("pytest", "-q"), earlier=run, sandbox="none")
    with Workspace(project) as workspace:
        baseline = run_baseline(request, workspace, NEVER)
    assert counter.read_text() == "x"  # by CI
    assert {case.id: case.outcome for case in baseline.run.cases} == {
        "test_shop.py::test_larger": "failed",
        "test_shop.py::test_equal": "passed",
        "test_other.py::test_counted": "passed",
    }
    assert baseline.plan.targets == ("test_shop.py::test_larger",)
    assert set(baseline.coverage) >= {"test_shop.py::test_larger", "test_shop.py::test_equal"}


def test_the_proof_is_held_to_all_of_the_report(project: Path) -> None:
    report = report_of(project)
    done = repairlsp(
        *("fix", "--max-seconds", "600", "--sandbox", "none", "--junit", report), cwd=project
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Repaired: shop.py\n")
    assert "1 failing test passes, 2 others still pass, run twice" in done.stdout
    assert len((project.parent / "runs").read_text()) >= 1 + 2  # by CI, and by the proof


def test_a_test_that_fails_for_ci_alone_is_told(project: Path) -> None:
    report = report_of(project)
    (project / "shop.py").write_text(FILES["shop.py"].replace("<", ">"))
    done = repairlsp("fix", "--junit", report, cwd=project)
    assert done.returncode == 0
    assert done.stdout == "Nothing is failing: 3 tests passed\n"
    assert done.stderr == (
        "repairlsp: warning: test_shop.py::test_larger failed in the report, and not here\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing", "report.xml is no JUnit XML: syntax error"),
        ("<testsuites/>", "report.xml is empty"),
        (
            '<testsuite><testcase classname="org.CartTest" name="a"><failure/></testcase>'
            "</testsuite>",
            "report.xml holds no test of this project, but org.CartTest.a",
        ),
    ],
)
def test_a_report_that_is_of_no_use(project: Path, text: str, said: str) -> None:
    report = project.parent / "report.xml"
    report.write_text(text)
    done = repairlsp("fix", "--junit", report, cwd=project)
    assert done.returncode == 2
    assert said in done.stderr
    assert "--junit" in done.stderr
