"""`repair(request) -> RepairResult`: run the tests, localize, generate, validate, prove.

This is the main public function. It never modifies the project: everything happens in copies.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from repairlsp.baseline import Baseline, Start, run_baseline
from repairlsp.checkers import recheck
from repairlsp.context import contexts
from repairlsp.diagnosis import suspicious_lines
from repairlsp.errors import BrokenEnvironmentError, CancelledError, PatchError
from repairlsp.finds import Finds
from repairlsp.generate.candidates import Generator
from repairlsp.generate.prompt import load as load_prompt_format
from repairlsp.models import manifest
from repairlsp.models.catalog import resolve
from repairlsp.models.client import ModelWorker
from repairlsp.outcome import patch_of
from repairlsp.pairing import Pairing
from repairlsp.partial import PartialRepairs, partial_words
from repairlsp.patches import Policy
from repairlsp.sandbox import NEVER
from repairlsp.screen import Screen
from repairlsp.search import Search
from repairlsp.source import SourceText
from repairlsp.stopwatch import Deadline, Stopwatch
from repairlsp.suggestions import suggest
from repairlsp.types import (
    CancelToken,
    Candidate,
    FaultLocation,
    Observer,
    Patch,
    Progress,
    RepairContext,
    RepairRequest,
    RepairResult,
    ResultStatus,
    TestRun,
    Validation,
)
from repairlsp.validate import Slot, Workspace

_log = logging.getLogger(__name__)

_SLOTS = 2
"""Validations at a time: starting a test process waits for the disk half of its time."""
_QUICK_SECONDS = 3.0
"""While tests that take less prove a candidate, nothing else runs: most proofs succeed, and come
sooner with the cores to themselves. Two runs of slow tests are too long to stand still."""
_LATE = "the tests did not end in time"
_TESTS_SHARE = 0.7
"""Of the time, where what is left can still be used for suggestions that no test has checked."""
_RECHECKED = 48
"""Suggestions that the tool of a diagnostic may be asked about, to find one that satisfies it. The
model alone often has the right one somewhere behind the tenth place; ruff takes 30 ms for each."""
_CONTEXTS = 10
"""Functions that are searched, the most suspicious first."""


def ignore(progress: Progress) -> None:
    """The observer of those who do not watch."""


def repair(
    request: RepairRequest,
    *,
    model: ModelWorker | None = None,
    start: Start | None = None,
    observe: Observer = ignore,
    cancel: CancelToken = NEVER,
) -> RepairResult:
    """Find patches that make the project's failing tests pass, and prove them.

    `model` is a running worker to use; without one, the request's model is started and ended here.
    `start` is a first run of the request's tests, with its targets, where there was one already.
    Without a test command, or where the tests say nothing and `allow_unverified` asks for it, the
    result holds suggestions that no test has checked.

    Raises UsageError, BrokenEnvironmentError and ModelError when the request cannot be worked on,
    CancelledError when `cancel` is set; running out of `limits.max_seconds` is no error.
    """
    watch = Stopwatch()
    with ExitStack() as stack:
        generator = _generator(request, model, stack)
        workspace = start.workspace if start else stack.enter_context(_workspace(request))
        deadline = Deadline(watch, request.limits.max_seconds, cancel)
        given = start.baseline if start else None
        return _Repair(request, workspace, generator, watch, deadline, cancel, observe, given).run()


def _workspace(request: RepairRequest) -> Workspace:
    return Workspace(request.project, request.overlays, tree=request.tree)


def _generator(request: RepairRequest, model: ModelWorker | None, stack: ExitStack) -> Generator:
    """Candidates from what the request allows."""
    if not request.use_model:
        return Generator(None, None, request.use_templates)
    worker = model or stack.enter_context(ModelWorker(resolve(request.model)))
    format = load_prompt_format(manifest.read(worker.folder).prompt_family)
    return Generator(worker, format, request.use_templates, request.use_likelihood)


@dataclass
class _Repair:
    """One repair, from the first test run to the result."""

    request: RepairRequest
    workspace: Workspace
    generator: Generator
    watch: Stopwatch
    deadline: Deadline
    cancel: CancelToken
    observe: Observer
    given: Baseline | None = None
    before: TestRun | None = None
    locations: tuple[FaultLocation, ...] = ()
    notes: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    def run(self) -> RepairResult:
        """The whole flow."""
        if self.request.command is None:
            return self._suggested("no test was run")
        with self.watch.stage("test"):
            self.observe(Progress("test", "running the tests"))
            self.generator.warm_up()  # the tests seldom keep more than one core busy
            baseline = self.given or self._baseline()
        if baseline is None:
            return self._suggested(_LATE)
        self.before, self.notes = baseline.run, baseline.notes
        if baseline.run.status == "failed" and baseline.plan.targets:
            patches = self._search(baseline)
            if patches and patches[0].status == "verified":
                return self._result("repaired", patches)
            if patches:
                return self._result("suggested", patches, partial_words(patches[0]))
            if not self.request.allow_unverified:
                return self._result("not-repaired")
            return self._suggested("no candidate passed the tests")
        if self.request.allow_unverified:
            return self._suggested(baseline.run.message or "every test passes")
        if baseline.run.status in ("passed", "failed"):
            return self._result("nothing-failing")
        raise BrokenEnvironmentError(
            baseline.run.message,
            "run the test command by hand, or give another one after `--`",
        )

    # ----------------------------------------------------------------- stages

    def _baseline(self) -> Baseline | None:
        """The first run of the tests, within the time for the whole repair; None where it took all
        that it may and suggestions are wanted then."""
        limits, unverified = self.request.limits, self.request.allow_unverified
        seconds = limits.max_seconds * (_TESTS_SHARE if unverified else 1.0)
        deadline = Deadline(self.watch, seconds, self.cancel)
        try:
            return run_baseline(self.request, self.workspace, deadline)
        except CancelledError:
            self._raise_if_cancelled()
            if unverified:
                return None
            raise BrokenEnvironmentError(
                f"{_LATE}: all {seconds:g} s of the repair went by",
                "give it more time (max_seconds), or a test command that runs fewer tests",
            ) from None

    def _suspicious(self, baseline: Baseline) -> list[RepairContext]:
        """The functions to search, the most suspicious first."""
        request, source = self.request, self._source
        with self.watch.stage("localize"):
            self.observe(Progress("localize", "looking for suspicious lines"))
            self.locations = suspicious_lines(request, baseline, source)
        with self.watch.stage("context"):
            message = baseline.first_target.message
            return list(contexts(self.locations, source, limit=_CONTEXTS, message=message))

    def _search(self, baseline: Baseline) -> tuple[Patch, ...]:
        """Validate candidates until enough are verified, none are left, or the time is up.

        The verified patches, ranked; without any, the best of those that repair some of the tests.
        """
        with self._slots(baseline) as slots:
            return self._search_in(slots, baseline)

    def _search_in(self, slots: list[Slot], baseline: Baseline) -> tuple[Patch, ...]:
        suspicious = self._suspicious(baseline)
        screen = self._screen(baseline)
        wanted = self.request.limits.patches
        finds = Finds(baseline.run, baseline.coverage, screen.source, wanted, self.watch)
        partial = PartialRepairs(baseline.plan, screen.source, finds.grade)
        pairing = Pairing(baseline.run, baseline.plan.targets)

        def check(candidate: Candidate, slot: Slot) -> Validation:
            slot.is_patient = search.is_retry(candidate)
            try:
                validation = partial.validate(candidate, slot, search)
            except CancelledError:
                return Validation("rejected", "the search was stopped")
            pairing.learn(candidate, validation, search.add_stream)
            checked = search.counts["validated"] + 1
            self.observe(Progress("validate", "checking candidates", checked))
            if validation.verdict == "plausible":
                patch = finds.add(candidate, validation.run)
                if not finds.enough():
                    told = "a patch was found, looking for a better one"
                    self.observe(Progress("validate", told, checked, patch=patch))
            return validation

        search = Search(
            slots,
            check,
            screen.key,
            enough=lambda found: finds.enough(),
            limit=self.request.limits.candidates,
            stop=self.deadline,
        )
        if baseline.run.seconds < _QUICK_SECONDS:
            for slot in slots:
                slot.alone = search.alone
        with self.watch.stage("validate"):
            try:
                self._generate(suspicious, screen, pairing, search)
            finally:
                search.close()
        self.counts = search.counts
        self.notes = (*self.notes, *slots[0].problems)
        self._raise_if_cancelled()
        if finds.patches or partial.best is None:
            return finds.patches
        return (finds.partial(partial.best.candidate, partial.best.validation.run),)

    @contextmanager
    def _slots(self, baseline: Baseline) -> Iterator[list[Slot]]:
        """Places to check candidates in, whose servers start while the fault is localized."""
        limits = self.request.limits
        slots = []
        with ExitStack() as stack:
            for _ in range(_SLOTS):
                slot = Slot(
                    self.workspace.copy(),
                    baseline.plan,
                    use_fork_server=self.request.use_fork_server,
                    seconds=limits.max_seconds + limits.test_seconds,
                )
                slots.append(stack.enter_context(slot))
                slot.warm_up()
            yield slots

    def _generate(
        self,
        suspicious: list[RepairContext],
        screen: Screen,
        pairing: Pairing,
        search: Search[Slot],
    ) -> None:
        """Queue candidates, function after function, while others are being validated, then pairs
        of them."""
        for context in suspicious:
            if screen.refuses(context.path):
                continue
            self.observe(Progress("generate", f"{context.path}: {context.name or 'module'}"))
            pairing.begin_function()
            with self.watch.stage("generate"):
                try:
                    source = screen.source(context.path)
                    for batch in self.generator.for_tests(source, context, search):
                        search.add(batch)
                        pairing.add(batch)
                except CancelledError:
                    return
        pairing.complete(search.add_stream)

    def _screen(self, baseline: Baseline | None = None) -> Screen:
        tests = baseline.test_files if baseline else ()
        version = baseline.plan.command.interpreter.version if baseline else None
        folder = self.request.tree or self.request.project
        unsaved = self.request.overlays
        policy = Policy(folder, tests, unsaved=unsaved, foreign=baseline is None)
        return Screen(self.workspace.source, policy, version)

    def _source(self, path: str) -> SourceText:
        """A file's text; what cannot be read is told, should nothing else be found to blame."""
        try:
            return self.workspace.source(path)
        except PatchError as error:
            if path in self.workspace.files:
                self.left_out.setdefault(path, f"{path} is left out: {error}; {error.hint}")
            raise

    # ----------------------------------------------------------------- results

    def _suggested(self, why: str) -> RepairResult:
        """The best unverified candidates for the lines that the request is about."""
        with self.watch.stage("generate"):
            self.observe(Progress("generate", "asking the model"))
            wanted = max(self.request.limits.patches, self.request.limits.suggestions)
            ahead = max(wanted, _RECHECKED) if self.request.use_checkers else wanted
            screen = self._screen()
            try:
                candidates = suggest(self.request, self.generator, screen, ahead, self.deadline)
            except CancelledError:
                candidates = []
        with self.watch.stage("validate"):
            found = recheck(self.request, self.workspace, candidates, wanted, self.deadline)
        self._raise_if_cancelled()
        patches = tuple(
            patch_of(
                each.candidate,
                self.workspace.source,
                rank=rank,
                seconds=self.watch.seconds,
                satisfied=each.satisfied,
            )
            for rank, each in enumerate(found, 1)
        )
        told = "; ".join(filter(None, (why, self.generator.problem)))
        return self._result("suggested" if patches else "not-repaired", patches, told)

    def _result(
        self, status: ResultStatus, patches: tuple[Patch, ...] = (), message: str = ""
    ) -> RepairResult:
        return RepairResult(
            status=status,
            patches=patches,
            before=self.before,
            locations=self.locations,
            counts=dict(self.counts),
            stage_seconds=dict(self.watch.stages),
            seconds=self.watch.seconds,
            message=message
            or self.generator.problem
            or self._unsearched(status)
            or "; ".join(self.notes),
        )

    def _unsearched(self, status: ResultStatus) -> str:
        """Why there was nothing to search, where files that cannot be read are the reason."""
        if status != "not-repaired" or self.locations:
            return ""
        return next(iter(self.left_out.values()), "")

    def _raise_if_cancelled(self) -> None:
        if self.cancel.is_set():
            raise CancelledError
