"""The engine, whole: real tests, the shipped model, real sandboxes, small projects."""

import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from repairlsp.baseline import Start, run_baseline
from repairlsp.engine import repair
from repairlsp.errors import BrokenEnvironmentError, CancelledError
from repairlsp.sandbox import NEVER
from repairlsp.types import Diagnostic, Limits, LineSpan, Progress, RepairRequest
from repairlsp.validate import Workspace

# Without the plugins of this repository's own environment, pytest starts in half the time.
PYTEST = ("PYTEST_DISABLE_PLUGIN_AUTOLOAD=1", "pytest", "-q")

PARKING = """\
def fee(minutes):
    hours = -(-minutes // 60)
    if hours < 1:
        return 0
    return 3 + 2 * (hours + 1)


def first_free(spaces):
    place = 0
    while spaces[place]:
        place = place + 1
    return place
"""
TESTS = """\
from parking import fee, first_free

def test_one_hour():
    assert fee(60) == 3

def test_three_hours():
    assert fee(121) == 7

def test_nothing():
    assert fee(0) == 0

def test_first_free():
    assert first_free([True, True, False]) == 2
"""


def project(folder: Path, source: str = PARKING, tests: str = TESTS) -> RepairRequest:
    (folder / "parking.py").write_text(dedent(source))
    (folder / "test_parking.py").write_text(dedent(tests))
    return RepairRequest(folder, PYTEST, limits=Limits(max_seconds=120))


def passes(folder: Path) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("use_model", [True, False])
def test_a_failing_test_gets_a_verified_patch(tmp_path: Path, use_model: bool) -> None:
    request = replace(project(tmp_path), use_model=use_model)
    result = repair(request)
    assert result.status == "repaired"
    patch = result.patches[0]
    assert patch.status == "verified"
    assert (patch.before, patch.after) == ((2, 2), (4, 0))
    assert patch.rank == 1
    assert (tmp_path / "parking.py").read_text() == PARKING
    subprocess.run(["git", "apply"], input=patch.diff, cwd=tmp_path, text=True, check=True)
    assert passes(tmp_path)


def test_an_endless_loop_is_repaired(tmp_path: Path) -> None:
    broken = PARKING.replace("hours + 1", "hours - 1").replace("place = place + 1", "place = place")
    request = project(tmp_path, broken)
    result = repair(replace(request, limits=Limits(max_seconds=150)))
    assert result.status == "repaired"
    assert "TimeLimitExceeded" in result.before.failing[0].message  # type: ignore[union-attr]


def test_one_of_several_failing_tests_is_repaired_alone(tmp_path: Path) -> None:
    tests = TESTS + "\n\ndef test_impossible():\n    assert fee(60) == fee(60) + 1\n"
    request = replace(
        project(tmp_path, tests=tests),
        tests=("test_parking.py::test_one_hour", "test_parking.py::test_three_hours"),
    )
    result = repair(request)
    assert result.status == "repaired"
    assert result.patches[0].after == (4, 1)
    passing = replace(request, tests=("test_parking.py::test_nothing",))
    assert repair(passing).status == "nothing-failing"


def test_nothing_failing(tmp_path: Path) -> None:
    result = repair(project(tmp_path, PARKING.replace("hours + 1", "hours - 1")))
    assert (result.status, result.patches) == ("nothing-failing", ())


def test_an_editor_buffer_stands_in_for_the_file(tmp_path: Path) -> None:
    request = project(tmp_path, PARKING.replace("hours + 1", "hours - 1"))
    result = repair(replace(request, overlays={"parking.py": PARKING}))
    assert result.status == "repaired"


def test_files_narrow_the_search(tmp_path: Path) -> None:
    request = project(tmp_path)
    (tmp_path / "other.py").write_text("def unused():\n    return 1\n")
    result = repair(replace(request, files=("other.py",), use_model=False))
    assert result.status == "not-repaired"
    assert {location.path for location in result.locations} <= {"other.py"}


def test_suggestions_where_no_test_was_asked_for(tmp_path: Path) -> None:
    source = "def double(value):\n    return valeu * 2\n"
    request = project(tmp_path, source)
    diagnostic = Diagnostic("parking.py", LineSpan(2, 3), "undefined name 'valeu'", "pyflakes")
    request = replace(request, command=None, diagnostics=(diagnostic,), limits=Limits(patches=3))
    result = repair(request)
    assert result.status == "suggested"
    assert 1 <= len(result.patches) <= 3
    assert {patch.status for patch in result.patches} == {"unverified"}
    assert all(patch.before is None and patch.after is None for patch in result.patches)


def test_the_time_is_kept(tmp_path: Path) -> None:
    tests = TESTS + "\n\ndef test_impossible():\n    assert fee(60) == fee(60) + 1\n"
    request = replace(project(tmp_path, tests=tests), limits=Limits(max_seconds=6))
    began = time.monotonic()
    result = repair(request)
    assert result.status != "repaired"  # but what repairs the other two may be found
    assert time.monotonic() - began < 30  # a very slow machine's 6 s


def test_a_cancel_ends_it(tmp_path: Path) -> None:
    cancel = threading.Event()

    def observe(progress: Progress) -> None:
        if progress.stage == "validate":
            cancel.set()

    tests = TESTS + "\n\ndef test_impossible():\n    assert fee(60) == fee(60) + 1\n"
    with pytest.raises(CancelledError):
        repair(project(tmp_path, tests=tests), observe=observe, cancel=cancel)


def test_no_tests_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(BrokenEnvironmentError, match="no tests"):
        repair(project(tmp_path, tests="value = 1\n"))


def test_a_tree_stands_in_for_the_projects_files(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    project(tmp_path / "here", PARKING.replace("hours + 1", "hours - 1"))
    tree = project(tmp_path / "there").project
    request = RepairRequest(tmp_path / "here", PYTEST, tree=tree, use_model=False)
    result = repair(request)
    assert result.status == "repaired"
    assert (tree / "parking.py").read_text() == PARKING


def test_a_run_that_was_made_is_not_made_again(tmp_path: Path) -> None:
    tests = TESTS + "\n\ndef test_impossible():\n    assert fee(60) == fee(60) + 1\n"
    request = replace(project(tmp_path, tests=tests), use_model=False)
    targets = ("test_parking.py::test_one_hour", "test_parking.py::test_three_hours")
    with Workspace(tmp_path) as workspace:
        baseline = run_baseline(request, workspace, NEVER)
        # A test that passes one time and fails the next must not stand in a repair's way.
        tolerant = baseline.aimed_at(targets).tolerating(["test_parking.py::test_nothing"])
        result = repair(replace(request, tests=targets), start=Start(workspace, tolerant))
    assert result.status == "repaired"
    assert result.before is tolerant.run
    assert result.patches[0].before == (1, 4)
