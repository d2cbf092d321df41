"""Judge the answers to one defect: run the tests on each, and compare it with the reference fix."""

from __future__ import annotations

import ast
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from unidiff.patch import PatchSet

from repair_eval.judge import shortfall
from repair_eval.patched import lay_out_patched, touched
from repair_eval.runners import open_session
from repair_eval.suite import Defect, TestSet
from repairlsp.errors import BrokenEnvironmentError, PatchError
from repairlsp.sandbox import NEVER, Sandbox
from repairlsp.types import CancelToken, TestCase, TestRun


class Reference(NamedTuple):
    """The ids of the tests that pass on the fixed version: the visible ones, and all. `seconds` are
    those of running them."""

    visible: tuple[str, ...]
    everything: tuple[str, ...]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """What an answer is worth; the fields are those of `record.Sample`, but for `test_seconds`: how
    long its tests ran."""

    plausible: bool
    correct: bool | None
    exact: bool
    ast_same: bool | None
    lines_changed: int
    reason: str
    test_seconds: float = 0.0


def reference_of(defect: Defect, sandbox: Sandbox, cancel: CancelToken = NEVER) -> Reference:
    """Run the tests on the fixed version. Raises BrokenEnvironmentError where they do not pass:
    then they judge nothing here."""
    visible, everything = (
        _run(defect, None, tests, sandbox, cancel) for tests in ("visible", "all")
    )
    for run in (visible, everything):
        if run.status != "passed":
            said = run.failing[0].id if run.failing else run.message
            raise BrokenEnvironmentError(
                f"{defect.id}: the reference fix does not pass its tests here: {said}",
                f"see `repair-eval check --only {defect.id}`",
            )
    return Reference(_passing(visible), _passing(everything), visible.seconds + everything.seconds)


def judge_answer(
    defect: Defect,
    diff: str,
    reference: Reference,
    sandbox: Sandbox,
    cancel: CancelToken = NEVER,
) -> Judged:
    """Judge one answer; "" is the empty patch.

    Raises what says that the machinery broke down, never because of what the answer does.
    """
    likeness = _likeness(defect, diff)
    judges = defect.tests.has_hidden or defect.tests.hidden_command != defect.tests.command
    wrong = False if judges else None
    try:
        visible = _run(defect, diff, "visible", sandbox, cancel)
        if reason := shortfall(_as_run(reference.visible), visible):
            return Judged(False, wrong, *likeness, reason, visible.seconds)
        if not judges:
            return Judged(True, None, *likeness, "", visible.seconds)
        everything = _run(defect, diff, "all", sandbox, cancel)
    except PatchError as error:
        return Judged(False, wrong, *likeness, str(error))
    reason = shortfall(_as_run(reference.everything), everything) or ""
    return Judged(True, not reason, *likeness, reason, visible.seconds + everything.seconds)


def _run(
    defect: Defect, diff: str | None, tests: TestSet, sandbox: Sandbox, cancel: CancelToken
) -> TestRun:
    """One run of a version in a temporary copy; `diff` None is the fixed version."""
    with tempfile.TemporaryDirectory(prefix="repair-eval-", ignore_cleanup_errors=True) as folder:
        project = Path(folder) / defect.id.rpartition("/")[2]
        if diff is None:
            defect.content.lay_out(project, "fixed", tests)
        else:
            lay_out_patched(defect, project, diff, tests)
        with open_session(defect, project, tests, sandbox, cancel) as session:
            return session.run()


def _passing(run: TestRun) -> tuple[str, ...]:
    return tuple(case.id for case in run.passing)


def _as_run(passing: Sequence[str]) -> TestRun:
    return TestRun("passed", 0, tuple(TestCase(id_, "passed") for id_ in passing), 0.0)


class _Likeness(NamedTuple):
    """How near an answer is to the reference fix, tests aside."""

    exact: bool
    ast_same: bool | None
    lines_changed: int


def _likeness(defect: Defect, diff: str) -> _Likeness:
    if not diff:
        return _Likeness(False, False, 0)
    try:
        paths = touched(diff)
    except PatchError:
        return _Likeness(False, None, 0)
    lines = sum(file.added + file.removed for file in PatchSet(diff))
    changed = defect.content.changed()
    if set(paths) != changed.keys():
        return _Likeness(False, False, lines)
    with tempfile.TemporaryDirectory(prefix="repair-eval-") as folder:
        project = Path(folder) / "patched"
        try:
            lay_out_patched(defect, project, diff, "none")
        except PatchError:
            return _Likeness(False, None, lines)
        patched = {path: (project / path).read_bytes() for path in paths}
    if all(patched[path] == fixed for path, (_, fixed) in changed.items()):
        return _Likeness(True, True, lines)
    same = _same_trees(patched, changed) if defect.language == "python" else None
    return _Likeness(False, same, lines)


def _same_trees(
    patched: Mapping[str, bytes], changed: Mapping[str, tuple[bytes, bytes]]
) -> bool | None:
    """Whether all files parse to equal trees; None where a reference is no Python of ours."""
    for path, (_, fixed) in changed.items():
        try:
            wanted = ast.dump(ast.parse(fixed))
        except (SyntaxError, ValueError):
            return None
        try:
            if ast.dump(ast.parse(patched[path])) != wanted:
                return False
        except (SyntaxError, ValueError):
            return False
    return True
