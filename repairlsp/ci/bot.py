"""`attend(job) -> Report`: which tests fail and since when, one patch after another, the proof.

This is the bot's main function. It writes to nothing but temporary folders and, where the job says
to keep the commits, to the repository's store of objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace

from repairlsp.baseline import Start, run_baseline
from repairlsp.ci.bisect import first_bad
from repairlsp.ci.checkouts import Checkouts
from repairlsp.ci.messages import commit_message
from repairlsp.ci.repository import Repository
from repairlsp.ci.rerun import Rerunner
from repairlsp.ci.rounds import Found, Rounds
from repairlsp.ci.triage import triage
from repairlsp.ci.types import Culprit, Failure, Fix, Job, Report, Unfixed
from repairlsp.ci.worktree import Worktree, worktree
from repairlsp.engine import ignore
from repairlsp.errors import BrokenEnvironmentError, CancelledError
from repairlsp.formats.explanation import code
from repairlsp.models.catalog import resolve
from repairlsp.models.client import ModelWorker
from repairlsp.sandbox import NEVER
from repairlsp.stopwatch import Deadline, Stopwatch
from repairlsp.types import CancelToken, Observer, Progress
from repairlsp.validate import Workspace
from repairlsp.validate.regression import problem


def attend(job: Job, *, observe: Observer = ignore, cancel: CancelToken = NEVER) -> Report:
    """Find the commit's failing tests, repair those that are its own, and prove the whole.

    Raises UsageError, BrokenEnvironmentError and ModelError where that cannot be done here,
    CancelledError when `cancel` is set. That the time is up is no error.
    """
    with ExitStack() as stack:
        return _Attendance(job, observe, cancel, stack).run()


class _Attendance:
    """One job, from the first test run to the report."""

    def __init__(self, job: Job, observe: Observer, cancel: CancelToken, stack: ExitStack) -> None:
        self.job, self.observe, self.cancel, self.stack = job, observe, cancel, stack
        self.watch = Stopwatch()
        self.deadline = Deadline(self.watch, job.request.limits.max_seconds, cancel)
        self.repository = Repository(job.request.project)
        self.commit = self.repository.commit(job.commit)
        self.base = self._base()
        self.checkouts = Checkouts(self.repository)
        self.notes: list[str] = []

    def run(self) -> Report:
        self.observe(Progress("test", "running the tests"))
        tree = self.stack.enter_context(
            worktree(
                self.repository,
                self.commit,
                generated=self.checkouts.generated,
                keep_objects=self.job.keep_commits,
            )
        )
        start = self._first_run(tree)
        self.rerun = Rerunner(self.job.request, start.baseline, self.cancel)
        failures = self._triaged(start)
        rounds = Rounds(
            request=replace(self.job.request, tree=tree.project),
            reruns=self.job.reruns,
            rerun=self.rerun,
            model=self._model() if self._scope(failures) else None,
            deadline=self.deadline,
            observe=self.observe,
            cancel=self.cancel,
            stack=self.stack,
        )
        rounds.run(start, self._scope(failures))
        if rounds.flaky:
            self.notes.append(f"flaky, and tolerated: {', '.join(sorted(rounds.flaky))}")
        culprits = self._culprits(failures, [*rounds.found, *rounds.unfixed])
        fixes, unfixed = self._committed(tree, rounds, start, culprits)
        return Report(
            commit=self.commit,
            base=self.base,
            tip=fixes[-1].commit if fixes else self.commit,
            passed=len(start.baseline.run.passing),
            failures=failures,
            fixes=fixes,
            unfixed=unfixed,
            patch=tree.mailbox(self.commit) if fixes else b"",
            notes=tuple(self.notes),
            seconds=self.watch.seconds,
        )

    # ----------------------------------------------------------------- what fails

    def _base(self) -> str | None:
        """The commit that both the base and the commit came from: what happened on the base's
        branch since says nothing about this one."""
        if self.job.base is None:
            return None
        base = self.repository.commit(self.job.base)
        base = self.repository.merge_base(base, self.commit) or base
        return None if base == self.commit else base

    def _first_run(self, tree: Worktree) -> Start:
        request = replace(self.job.request, tree=tree.project)
        workspace = self.stack.enter_context(Workspace(request.project, tree=tree.project))
        try:
            baseline = run_baseline(request, workspace, self.deadline)
        except CancelledError:
            if self.cancel.is_set():
                raise
            raise BrokenEnvironmentError(
                f"the tests did not end within {request.limits.max_seconds:g} s",
                "give the job more time with --max-seconds",
            ) from None
        if baseline.run.status not in ("passed", "failed"):
            raise BrokenEnvironmentError(
                baseline.run.message or f"the test run ended as {baseline.run.status}",
                "run the test command by hand, or give another one after `--`",
            )
        self.notes += baseline.notes
        return Start(workspace, baseline)

    def _triaged(self, start: Start) -> tuple[Failure, ...]:
        failing = start.baseline.run.failing
        if not failing:
            return ()
        self.observe(Progress("test", "running the failing tests again, and at the base commit"))
        return triage(
            failing, self.rerun, start.workspace, self.checkouts, self.base, self.job.reruns
        )

    def _scope(self, failures: Sequence[Failure]) -> list[str]:
        """The tests to repair, the commit's own first."""
        kinds = ("new",) if self.job.only_new else ("new", "old")
        return [each.case.id for kind in kinds for each in failures if each.kind == kind]

    def _model(self) -> ModelWorker | None:
        request = self.job.request
        if not request.use_model:
            return None
        return self.stack.enter_context(ModelWorker(resolve(request.model)))

    def _culprits(
        self, failures: Sequence[Failure], groups: Sequence[Found | Unfixed]
    ) -> dict[tuple[str, ...], Culprit]:
        """For each group with failures that the base does not have, the commit that broke it."""
        if not self.job.bisect or self.base is None:
            return {}
        new = {failure.case.id for failure in failures if failure.kind == "new"}
        found = {}
        for group in groups:
            tests = [test for test in group.tests if test in new]
            if not tests:
                continue
            self.observe(Progress("test", f"looking for the commit that broke {tests[0]}"))
            culprit = first_bad(
                tests, self.base, self.commit, self.checkouts, self.rerun, self.deadline
            )
            if culprit:
                found[group.tests] = culprit
        return found

    # ----------------------------------------------------------------- what comes of it

    def _committed(
        self,
        tree: Worktree,
        rounds: Rounds,
        start: Start,
        culprits: dict[tuple[str, ...], Culprit],
    ) -> tuple[tuple[Fix, ...], tuple[Unfixed, ...]]:
        """Each patch as a commit on top of the one before it, and all of them together proved."""
        fixes = []
        for found in rounds.found:
            culprit = culprits.get(found.tests)
            message = commit_message(found.patch, found.result, found.request, culprit)
            commit = tree.commit(found.patch.edits, message)
            fixes.append(Fix(*found, commit=commit, message=message, culprit=culprit))
        unfixed = [replace(group, culprit=culprits.get(group.tests)) for group in rounds.unfixed]
        if len(fixes) > 1 and (why := self._disproved(tree, rounds, start)):
            failed = f"with all patches together, {code(why)}"
            unfixed = [*(Unfixed(f.tests, failed, f.result, f.patch) for f in fixes), *unfixed]
            fixes = []
        return tuple(fixes), tuple(unfixed)

    def _disproved(self, tree: Worktree, rounds: Rounds, start: Start) -> str | None:
        """Why the whole suite, on a checkout of the last commit, is not as the patches promise;
        None where it is. A single patch was proved by the whole suite already."""
        self.observe(Progress("test", "running all the tests with all patches"))
        before = start.baseline.tolerating(rounds.flaky).run
        repaired = [test for found in rounds.found for test in found.tests]
        return problem(before, self.rerun.at(tree.project, None), repaired)
