"""One group of failing tests after the other, each repaired on top of the patches before it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from repairlsp.baseline import Start, run_baseline
from repairlsp.ci.grouping import groups
from repairlsp.ci.rerun import Rerunner, passing
from repairlsp.ci.triage import always_pass
from repairlsp.ci.types import Unfixed
from repairlsp.engine import repair
from repairlsp.errors import CancelledError
from repairlsp.models.client import ModelWorker
from repairlsp.stopwatch import Deadline, Stopwatch
from repairlsp.types import CancelToken, Observer, Patch, Progress, RepairRequest, RepairResult
from repairlsp.validate import Workspace

_LOOKS: Final = 3
"""How often the whole suite is run again, without a patch, to find tests that pass one time and
fail another: with a patch, they would be held against it."""
_AHEAD_SECONDS: Final = 5.0
"""What such looks may take before the search; others are made where it found nothing."""
_FIRST_SHARE: Final = 2 / 3
"""Of a group's time, for the search before such a look."""
_LATE: Final = "the time was up"


class Found(NamedTuple):
    """A verified patch, for these tests, on top of those found before it."""

    tests: tuple[str, ...]
    patch: Patch
    request: RepairRequest
    result: RepairResult


@dataclass
class Rounds:
    """The rounds of one job. `request` has the files of the commit in its `tree`."""

    request: RepairRequest
    reruns: int
    rerun: Rerunner
    model: ModelWorker | None
    deadline: Deadline
    observe: Observer
    cancel: CancelToken
    stack: ExitStack
    found: list[Found] = field(default_factory=list)
    unfixed: list[Unfixed] = field(default_factory=list)
    flaky: set[str] = field(default_factory=set)
    _overlays: dict[str, str] = field(default_factory=dict)
    _looks: int = 0

    def run(self, start: Start, tests: Sequence[str]) -> None:
        """Repair these failing tests of the first run, as far as it goes: see `found`, `unfixed`,
        and `flaky` for the tests that turned out to be.

        Raises CancelledError when the job is cancelled, what `repair` raises otherwise.
        """
        waiting = self._grouped(start, tests)
        if waiting:
            self._look_ahead(start)
        while waiting:
            group = waiting.pop(0)
            if self.deadline.is_set():
                self._raise_if_cancelled()
                self.unfixed.append(Unfixed(group, _LATE))
                continue
            told = f"repairing {group[0]}" + (f" and {len(group) - 1} more" if group[1:] else "")
            self.observe(Progress("localize", told))
            result = self._repair(group, start, self.deadline.left / (1 + len(waiting)))
            best = result.patches[0] if result.patches else None
            if best is None or best.after is None or best.grade == "silencing":
                self.unfixed.append(self._unfixed(group, result, best))
            elif best.status != "verified":
                waiting[:0] = self._split(group, start, result, best)
            elif not self._holds(group, start, best):
                reason = "they pass one time and fail another with the best patch: are they flaky?"
                self.unfixed.append(Unfixed(group, reason, result))
            else:
                request = replace(self.request, tests=group)
                self.found.append(Found(group, best, request, result))
                self._overlays.update(_edited(start.workspace, best))
                if waiting and (following := self._go_on()):
                    start = following
                    waiting = self._regrouped(start, waiting)
                elif waiting:
                    self.unfixed += [Unfixed(group, _LATE) for group in waiting]
                    break

    # ----------------------------------------------------------------- one group

    def _repair(self, group: tuple[str, ...], start: Start, seconds: float) -> RepairResult:
        result = self._search(group, start, _FIRST_SHARE * seconds)
        while not _repairs_something(result) and (unsteady := self._unsteady(start)):
            self.flaky |= unsteady
            result = self._search(group, start, self.deadline.left)
        return result

    def _search(self, group: tuple[str, ...], start: Start, seconds: float) -> RepairResult:
        limits = replace(self.request.limits, max_seconds=max(seconds, 1.0))
        request = replace(self.request, tests=group, limits=limits, allow_unverified=True)
        baseline = start.baseline.aimed_at(group).tolerating(self.flaky - set(group))
        return repair(
            request,
            model=self.model,
            start=Start(start.workspace, baseline),
            observe=self.observe,
            cancel=self.cancel,
        )

    def _look_ahead(self, start: Start) -> None:
        watch = Stopwatch()
        while self._looks < _LOOKS - 1:
            if watch.seconds + start.baseline.run.seconds > _AHEAD_SECONDS:
                break
            self.flaky |= self._unsteady(start)

    def _unsteady(self, start: Start) -> set[str]:
        """Tests that passed in the first run and fail in another, without any patch."""
        if self._looks == _LOOKS or self.deadline.left < 4 * start.baseline.run.seconds:
            return set()
        self._looks += 1
        self.observe(Progress("test", "running the tests again, to find flaky ones"))
        again = {case.id for case in self.rerun.here(start.workspace, None).failing}
        return {case.id for case in start.baseline.run.passing if case.id in again} - self.flaky

    def _holds(self, group: tuple[str, ...], start: Start, patch: Patch) -> bool:
        """Whether the group passes with the patch, time after time: a test that passes by chance
        makes any patch look right."""
        overlays = self._overlays | _edited(start.workspace, patch)
        with Workspace(self.request.project, overlays, tree=self.request.tree) as patched:
            return always_pass(self.rerun, patched, group, self.reruns)

    def _unfixed(self, group: tuple[str, ...], result: RepairResult, best: Patch | None) -> Unfixed:
        reason = _LATE if self.deadline.is_set() else "no candidate passed the tests"
        if best is not None and best.grade == "silencing" and best.after is not None:
            reason = (
                f"the best patch most likely only hides the fault: it {best.cautions[0].reason}"
            )
        return Unfixed(group, reason, result, best)

    # ----------------------------------------------------------------- between groups

    def _split(
        self, group: tuple[str, ...], start: Start, result: RepairResult, partial: Patch
    ) -> list[tuple[str, ...]]:
        """The group in two: the tests that a patch repairs, which are asked for alone next, and the
        others. Empty, and the group given up, where that leads nowhere."""
        overlays = self._overlays | _edited(start.workspace, partial)
        assert self.request.tree is not None
        now = passing(self.rerun.at(self.request.tree, group, overlays), group)
        repaired = tuple(test for test in group if test in now)
        others = tuple(test for test in group if test not in now)
        if not repaired or not others:
            self.unfixed.append(
                Unfixed(group, "no candidate passed all the tests", result, partial)
            )
            return []
        return [repaired, others]

    def _go_on(self) -> Start | None:
        """The tests once more, with the patches so far: what fails now, and what covers what. None
        where there is no time for that, or the run says nothing."""
        workspace = Workspace(self.request.project, self._overlays, tree=self.request.tree)
        workspace = self.stack.enter_context(workspace)
        try:
            baseline = run_baseline(self.request, workspace, self.deadline)
        except CancelledError:
            self._raise_if_cancelled()
            return None
        return Start(workspace, baseline) if baseline.run.status in ("passed", "failed") else None

    def _regrouped(self, start: Start, waiting: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """What still fails of the groups that wait: the patch may have repaired more than it was
        asked for, and other tests may fail in another way now."""
        failing = {case.id for case in start.baseline.run.failing}
        left = [test for group in waiting for test in group if test in failing]
        also = tuple(test for group in waiting for test in group if test not in failing)
        last = self.found[-1]
        self.found[-1] = last._replace(tests=(*last.tests, *also))
        return self._grouped(start, left)

    def _grouped(self, start: Start, tests: Sequence[str]) -> list[tuple[str, ...]]:
        run, wanted = start.baseline.run, set(tests)
        failing = [case for case in run.failing if case.id in wanted]
        return groups(failing, run.passing, start.baseline.coverage, start.workspace.source)

    def _raise_if_cancelled(self) -> None:
        if self.cancel.is_set():
            raise CancelledError


def _repairs_something(result: RepairResult) -> bool:
    return any(patch.after is not None for patch in result.patches)


def _edited(workspace: Workspace, patch: Patch) -> dict[str, str]:
    """The texts of the files that a patch changes, with the change."""
    paths = dict.fromkeys(edit.path for edit in patch.edits)
    return {
        path: workspace.source(path).apply(e for e in patch.edits if e.path == path).text
        for path in paths
    }
