"""The first run of the tests: what it does where measuring coverage gets in the way."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from repairlsp.baseline import Baseline, run_baseline
from repairlsp.engine import repair
from repairlsp.errors import BrokenEnvironmentError
from repairlsp.sandbox import bwrap_problem
from repairlsp.sandbox.landlock import landlock_version
from repairlsp.types import Limits, RepairRequest
from repairlsp.validate import Workspace

PYTEST = ("PYTEST_DISABLE_PLUGIN_AUTOLOAD=1", "pytest", "-q")
SOURCE = """\
import os
import time

# A stand-in for what a tracer can do to a program, whichever tracer it is.
MEASURED = "REPAIRLSP_SUBPROCESSES" in os.environ


def double(x):
    return x + 2


def delicate():
    return 2 if MEASURED else 1


def slow():
    time.sleep(60 if MEASURED else 0)


def crash():
    if MEASURED:
        os.abort()
"""
TESTS = """\
from source import crash, delicate, double, slow

def test_double():
    assert double(3) == 6

def test_fine():
    assert double(2) == 4
"""


def baseline(folder: Path, more: str = "", **limits: float) -> Baseline:
    (folder / "source.py").write_text(SOURCE)
    (folder / "test_source.py").write_text(TESTS + more)
    request = RepairRequest(folder, PYTEST, limits=replace(Limits(), **limits))  # type: ignore[arg-type]
    with Workspace(folder) as workspace:
        return run_baseline(request, workspace, threading.Event())


def failing(found: Baseline) -> set[str]:
    return {case.id.rpartition("::")[2] for case in found.run.failing}


def covered(found: Baseline) -> set[str]:
    return {test.rpartition("::")[2] for test in found.coverage}


def test_coverage_of_each_test(tmp_path: Path) -> None:
    found = baseline(tmp_path)
    assert failing(found) == {"test_double"}
    assert covered(found) == {"test_double", "test_fine"}
    assert found.notes == ()
    assert found.plan.targets == ("test_source.py::test_double",)


def test_a_test_that_fails_only_under_coverage_is_no_target(tmp_path: Path) -> None:
    found = baseline(tmp_path, "\ndef test_delicate():\n    assert delicate() == 1\n")
    assert failing(found) == {"test_double"}
    assert covered(found) == {"test_double", "test_fine"}
    note = "test_source.py::test_delicate fails only while coverage is measured, so it was left out"
    assert found.notes == (note,)


def test_nor_is_it_asked_where_asking_takes_long(tmp_path: Path) -> None:
    more = "\ndef test_delicate():\n    assert delicate() == 1\n"
    found = baseline(tmp_path, more, max_seconds=0.01)
    assert failing(found) == {"test_double", "test_delicate"}
    assert found.notes == ()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("\ndef test_slow():\n    slow()\n", "the tests ran longer than 6 s"),
        ("\ndef test_crash():\n    crash()\n", "pytest did not finish"),
    ],
)
def test_the_tests_run_without_coverage_where_it_stops_them(
    tmp_path: Path, more: str, why: str
) -> None:
    found = baseline(tmp_path, more, test_seconds=6)
    assert found.run.status == "failed"
    assert failing(found) == {"test_double"}
    assert found.coverage == {}
    assert len(found.notes) == 1
    assert found.notes[0].startswith(f"no coverage was measured, because with it {why}")


def test_a_run_that_is_broken_either_way_says_what_it_said_first(tmp_path: Path) -> None:
    found = baseline(tmp_path, "\ndef test_end():\n    import os\n    os._exit(3)\n")
    assert found.run.status == "broken"
    assert found.notes == ()


def test_the_note_is_in_the_result(tmp_path: Path) -> None:
    baseline(tmp_path, "\ndef test_crash():\n    crash()\n")
    result = repair(RepairRequest(tmp_path, PYTEST, use_model=False))
    assert result.status == "repaired"
    assert result.message.startswith("no coverage was measured")


ENDLESS = """
import time

def test_endless():
    for _ in range(600):
        time.sleep(1)
"""


def endless(folder: Path, **more: object) -> RepairRequest:
    """Tests of ten minutes, more than which one run may take, in a repair of three seconds."""
    (folder / "source.py").write_text(SOURCE)
    (folder / "test_source.py").write_text(TESTS + ENDLESS)
    limits = Limits(max_seconds=3.0, test_seconds=1200.0)
    return RepairRequest(folder, PYTEST, limits=limits, **more)  # type: ignore[arg-type]


def test_the_first_run_is_within_the_time_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("repairlsp.baseline._CASE_SECONDS", (1200.0, 1200.0))
    with pytest.raises(BrokenEnvironmentError, match="all 3 s of the repair went by") as error:
        repair(endless(tmp_path, use_model=False))
    assert "max_seconds" in error.value.hint


def test_what_is_left_of_the_time_is_for_suggestions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("repairlsp.baseline._CASE_SECONDS", (1200.0, 1200.0))
    request = endless(tmp_path, use_model=False, allow_unverified=True, lines=(("source.py", 9),))
    result = repair(request)
    assert result.status == "suggested"
    assert result.message == "the tests did not end in time"
    assert result.patches


@pytest.mark.parametrize("sandbox", ["bwrap", "limits"])
def test_a_test_that_the_sandbox_breaks_is_told_as_one(tmp_path: Path, sandbox: str) -> None:
    if (sandbox == "bwrap" and bwrap_problem()) or (sandbox == "limits" and not landlock_version()):
        pytest.skip("there is none here that forbids it")
    project, elsewhere = tmp_path / "project", Path("/usr/made-by-a-test")
    project.mkdir()
    more = f"\ndef test_elsewhere():\n    open({str(elsewhere)!r}, 'w')\n"
    (project / "source.py").write_text(SOURCE)
    (project / "test_source.py").write_text(TESTS + more)
    request = RepairRequest(project, PYTEST, sandbox=sandbox)  # type: ignore[arg-type]
    with Workspace(project) as workspace:
        (note,) = run_baseline(request, workspace, threading.Event()).notes
    assert f"denied {elsewhere}" in note
    assert f"`{sandbox}`" in note
    assert not elsewhere.exists()
