"""Turn a draft into a defect by running its tests: which fail before the fix, which pass after."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from repair_eval.check.shape import shapes
from repair_eval.importers.draft import Draft, UnfitError
from repair_eval.importers.writing import write_draft
from repair_eval.runners import missing, open_session
from repair_eval.suite import Defect, SuiteError, TestSet, Version
from repair_eval.suite.folder import load_folder
from repair_eval.suite.vocabulary import SHAPES, Shape
from repairlsp.errors import CancelledError, RepairlspError
from repairlsp.sandbox import NEVER, Sandbox
from repairlsp.types import CancelToken, TestRun


class Told(NamedTuple):
    """The tests that tell the two versions apart, and those that pass on both; in order."""

    failing: tuple[str, ...]
    passing: tuple[str, ...]


def settle(draft: Draft, folder: Path, sandbox: Sandbox, cancel: CancelToken = NEVER) -> Shape:
    """Write the draft as `SUITE/python/SLUG`, run it, and say there which tests are visible; the
    shape of its fix is returned. Raises UnfitError where it is no defect, CancelledError."""
    try:
        if not draft.fixed:
            raise UnfitError("its fix changes no Python source")
        write_draft(draft, folder, SHAPES[0])
        defect = load_folder(folder)
        found = shapes(defect.content.changed(), "python")
        if not found:
            raise UnfitError("its fix changes no Python source")
        (shape,) = found
        lack = missing(defect)
        if lack is not None:
            raise UnfitError(f"its tests cannot run here: {lack}")
        if draft.parting == "given":
            draft = _as_given(draft, defect, sandbox, cancel)
        else:
            told = _tell(draft, defect, sandbox, cancel)
            draft = _by_file(draft, told) if draft.parting == "files" else _by_test(draft, told)
        write_draft(draft, folder, shape)
        load_folder(folder)
    except (UnfitError, CancelledError):
        raise
    except SuiteError as error:
        raise UnfitError("; ".join(error.problems).replace(f"{folder}/", "")) from error
    except RepairlspError as error:
        if cancel.is_set():  # what breaks while everything is being torn down says nothing
            raise CancelledError from error
        raise UnfitError(str(error)) from error
    return shape


def _as_given(draft: Draft, defect: Defect, sandbox: Sandbox, cancel: CancelToken) -> Draft:
    after = _run(defect, "fixed", "all", sandbox, cancel)
    if after.status != "passed":
        raise UnfitError(f"its own fix does not pass: {_first(after)}")
    before = _run(defect, "buggy", "visible", sandbox, cancel)
    if before.status == "passed":
        raise UnfitError("its visible tests pass without the fix, so that they show no bug")
    if before.status != "failed":
        raise UnfitError(f"without the fix, its visible tests give no result: {_first(before)}")
    return replace(draft, none_pass_before=not before.passing)


def _tell(draft: Draft, defect: Defect, sandbox: Sandbox, cancel: CancelToken) -> Told:
    """Run all tests on both versions; only tests of `draft.expected` count where that is there."""
    after = _run(defect, "fixed", "all", sandbox, cancel)
    if after.status not in ("passed", "failed"):
        raise UnfitError(f"with the fix, its tests give no result: {_first(after)}")
    before = _run(defect, "buggy", "all", sandbox, cancel)
    if before.status not in ("passed", "failed"):
        raise UnfitError(f"without the fix, its tests give no result: {_first(before)}")
    outcomes = {case.id: case.outcome for case in before.cases}
    failing, passing = [], []
    for case in after.passing:
        outcome = outcomes.get(case.id)
        if outcome in ("failed", "error"):
            failing.append(case.id)
        elif outcome == "passed":
            passing.append(case.id)
    if draft.expected is not None:
        absent = [id_ for id_ in draft.expected.fail_to_pass if id_ not in failing]
        if absent:
            raise UnfitError(f"not failing before and passing after here: {absent[0]}")
        failing = [id_ for id_ in failing if id_ in draft.expected.fail_to_pass]
        passing = [id_ for id_ in passing if id_ in draft.expected.pass_to_pass]
    if not failing:
        # A file that cannot be collected before the fix has no test that could be told to a repair.
        raise UnfitError(f"no test fails before the fix and passes after it: {_first(before)}")
    return Told(tuple(failing), tuple(passing))


def _by_test(draft: Draft, told: Told) -> Draft:
    """Every other test of each kind is visible, the first of them always; all judge."""
    everything = (*told.failing, *told.passing)
    if len(everything) < 2:
        raise UnfitError(f"no test is left to judge patches with: only {everything[0]} tells")
    return replace(
        draft,
        arguments=(*told.failing[::2], *told.passing[::2]),
        hidden_arguments=everything,
        none_pass_before=not told.passing,
    )


def _by_file(draft: Draft, told: Told) -> Draft:
    """Every other file of each kind moves to the hidden ones; files that tell nothing are left
    out. A file fails where one of its tests does."""
    failing = _files(told.failing, draft)
    passing = [path for path in _files(told.passing, draft) if path not in failing]
    if len(failing) < 2:
        raise UnfitError("only one of its cases fails before the fix, which leaves none to hide")
    hidden = {*failing[1::2], *passing[1::2]}
    kept = {*failing, *passing} - hidden
    files = draft.visible
    return replace(
        draft,
        visible={p: data for p, data in files.items() if p in kept or p not in draft.movable},
        hidden={path: files[path] for path in sorted(hidden)},
        none_pass_before=not any(id_.partition("::")[0] in kept for id_ in told.passing),
    )


def _files(ids: Iterable[str], draft: Draft) -> Sequence[str]:
    paths = dict.fromkeys(id_.partition("::")[0] for id_ in ids)
    return [path for path in paths if path in draft.movable]


def _run(
    defect: Defect, version: Version, tests: TestSet, sandbox: Sandbox, cancel: CancelToken
) -> TestRun:
    with tempfile.TemporaryDirectory(prefix="repair-eval-", ignore_cleanup_errors=True) as folder:
        project = Path(folder) / defect.id.rpartition("/")[2]
        defect.content.lay_out(project, version, tests)
        with open_session(defect, project, tests, sandbox, cancel) as session:
            return session.run()


def _first(run: TestRun) -> str:
    """What a run says, in a line."""
    if run.failing:
        case = run.failing[0]
        return " ".join(f"{case.id} {case.outcome}: {case.message}".split())[:200]
    return " ".join((run.message or f"all tests {run.status}").split())[:200]
