"""Judge the answers to one defect: run the tests on each, and compare it with the reference fix."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from unidiff.errors import UnidiffParseError
from unidiff.patch import PatchSet

from repair_eval.bench import Bench
from repair_eval.judge import shortfall
from repairlsp.errors import BrokenEnvironmentError, PatchError
from repairlsp.types import TestCase, TestRun


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


def reference_of(bench: Bench) -> Reference:
    """Run the tests on the fixed version. Raises BrokenEnvironmentError where they do not pass:
    then they judge nothing here."""
    fixed = {path: after for path, (_, after) in bench.changed.items()}
    visible = bench.run(fixed, "visible")
    runs = [visible, bench.run(fixed, "all")] if _is_judged(bench) else [visible]
    for run in runs:
        if run.status != "passed":
            said = run.failing[0].id if run.failing else run.message
            raise BrokenEnvironmentError(
                f"{bench.defect.id}: the reference fix does not pass its tests here: {said}",
                f"see `repair-eval check --only {bench.defect.id}`",
            )
    return Reference(_passing(visible), _passing(runs[-1]), sum(run.seconds for run in runs))


def judge_answer(bench: Bench, diff: str, reference: Reference) -> Judged:
    """Judge one answer; "" is the empty patch.

    Raises what says that the machinery broke down, never because of what the answer does.
    """
    judges = _is_judged(bench)
    wrong = False if judges else None
    try:
        files = bench.patched(diff)
    except PatchError as error:
        return Judged(False, wrong, False, None, _lines(diff), str(error))
    likeness = _likeness(bench, diff, files)
    visible = bench.run(files, "visible")
    if reason := shortfall(_as_run(reference.visible), visible):
        return Judged(False, wrong, *likeness, reason, visible.seconds)
    if not judges:
        return Judged(True, None, *likeness, "", visible.seconds)
    everything = bench.run(files, "all")
    reason = shortfall(_as_run(reference.everything), everything) or ""
    return Judged(True, not reason, *likeness, reason, visible.seconds + everything.seconds)


def _is_judged(bench: Bench) -> bool:
    """Whether there are tests besides those that a repair sees."""
    tests = bench.defect.tests
    return tests.has_hidden or tests.hidden_command != tests.command


def _passing(run: TestRun) -> tuple[str, ...]:
    return tuple(case.id for case in run.passing)


def _as_run(passing: Sequence[str]) -> TestRun:
    return TestRun("passed", 0, tuple(TestCase(id_, "passed") for id_ in passing), 0.0)


class _Likeness(NamedTuple):
    """How near an answer is to the reference fix, tests aside."""

    exact: bool
    ast_same: bool | None
    lines_changed: int


def _likeness(bench: Bench, diff: str, files: Mapping[str, bytes]) -> _Likeness:
    lines, changed = _lines(diff), bench.changed
    if files.keys() != changed.keys():
        return _Likeness(False, False, lines)
    if all(files[path] == fixed for path, (_, fixed) in changed.items()):
        return _Likeness(True, True, lines)
    same = _same_trees(files, changed) if bench.defect.language == "python" else None
    return _Likeness(False, same, lines)


def _lines(diff: str) -> int:
    """Lines added and removed; none by what is no diff."""
    try:
        return sum(file.added + file.removed for file in PatchSet(diff))
    except UnidiffParseError:
        return 0


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
