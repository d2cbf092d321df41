"""Run what is left of a run: attempts and judgements as tasks, each result stored at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from repair_eval.configs import Configured, Hybrid, Sampling, Search, Spec
from repair_eval.record import Attempt
from repair_eval.run.executor import Executor
from repair_eval.run.tasks import Broken, Done, Generate, Judge, Task, Verdicts
from repair_eval.store import Key, Store
from repair_eval.suite import Defect
from repairlsp.errors import CancelledError
from repairlsp.types import CancelToken, SandboxMode

_WAIT_SECONDS = 0.5
_PATIENCE_SECONDS = 300.0
"""On top of what an attempt or a test run may take by its own limits: loading a model, copies."""
_RUNS = 4
"""Runs of the visible tests before a search, with and without coverage."""


class State(NamedTuple):
    """How far a run is. `attempts` of `total` have ended, `judging` tasks are left."""

    attempts: int
    total: int
    judging: int
    failures: int
    last: str


Watch = Callable[[State], None]


@dataclass
class Conductor:
    """`tries` bounds how often a task is started; `threads` are a model's. With `judging` off,
    answers are only stored."""

    store: Store
    defects: Sequence[Defect]
    configured: Sequence[Configured]
    sandbox: SandboxMode
    tries: int
    threads: int | None
    judging: bool
    watch: Watch
    cancel: CancelToken
    _judges: deque[Task] = field(default_factory=deque)
    _again: deque[Task] = field(default_factory=deque)
    _taken: set[tuple[str, str]] = field(default_factory=set)
    _failures: int = 0

    def run(self, executor: Executor, *, local: bool = True) -> None:
        """Run until nothing is left. Raises CancelledError; what is stored by then is whole.

        `local`: the tasks run on this machine and nowhere else.
        """
        self._references = self.store.references()
        self._by_id = {defect.id: defect for defect in self.defects}
        self._ended = len(self.store.ended())
        self._total = self._ended
        alone = local and executor.slots == 1
        waiting = deque(self._left(alone))
        self._total += len(waiting)
        self._queue_unjudged()
        flying = 0
        self._tell("")
        while waiting or self._judges or self._again or flying:
            if self.cancel.is_set():
                raise CancelledError
            # One more than can run at a time, so that none waits for us between two tasks.
            while flying <= executor.slots and (task := self._next(waiting)) is not None:
                executor.submit(task)
                flying += 1
            for done in executor.wait(_WAIT_SECONDS):
                flying -= 1
                self._take(done)
                self._tell(done.task.key.defect)

    def _next(self, waiting: deque[Task]) -> Task | None:
        """Judgements first, so that what is stored is whole early; further tries last."""
        for tasks in (self._judges, waiting, self._again):
            if tasks:
                return tasks.popleft()
        return None

    def _left(self, alone: bool) -> Iterator[Task]:
        """The attempts still to be made, by configuration: its model stays loaded."""
        ended = self.store.ended()
        run = self.store.run
        skipped = {subject.id for subject in run.subjects if subject.skipped}
        for configured in self.configured:
            for repeat in range(run.repeats):
                for defect in self.defects:
                    key = Key(configured.name, defect.id, repeat)
                    if key not in ended and defect.id not in skipped:
                        yield Generate(
                            configured=configured,
                            defect=defect,
                            repeat=repeat,
                            seed=run.seed + repeat,
                            sandbox=self.sandbox,
                            threads=self.threads,
                            alone=alone,
                            seconds=patience(configured.spec, defect),
                        )

    def _take(self, done: Done) -> None:
        match done.outcome:
            case Attempt() as attempt:
                self._attempt_ended(attempt)
            case Verdicts(reference, judged):
                defect = done.task.defect.id
                assert isinstance(done.task, Judge)
                self._references.setdefault(defect, reference)
                self.store.add_reference(defect, reference)
                self.store.add_judgements(defect, zip(done.task.diffs, judged, strict=True))
            case Broken(error):
                self._broken(done.task, error)

    def _attempt_ended(self, attempt: Attempt) -> None:
        if self.store.add_attempt(attempt):
            self._ended += 1
            diffs = (sample.diff for sample in attempt.samples)
            self._queue_judge(attempt.defect, diffs)

    def _broken(self, task: Task, error: str) -> None:
        self._failures += 1
        self.store.add_failure(
            "generate" if isinstance(task, Generate) else "judge", task.key, task.number, error
        )
        if task.number < self.tries:
            self._again.append(replace(task, number=task.number + 1))
        elif isinstance(task, Generate):
            self._attempt_ended(task.failed(error))
        else:
            self.store.add_unjudgeable(task.defect.id, task.diffs, error)

    def _queue_unjudged(self) -> None:
        for unjudged in self.store.unjudged():
            self._queue_judge(unjudged.defect, unjudged.diffs)
        self._taken |= self.store.judged()

    def _queue_judge(self, defect: str, diffs: Iterable[str]) -> None:
        """Judge what nobody has judged yet: an answer is judged once, whoever gave it."""
        if not self.judging:
            return
        new = tuple(diff for diff in dict.fromkeys(diffs) if (defect, diff) not in self._taken)
        self._taken.update((defect, diff) for diff in new)
        if not new:
            return
        chosen = self._by_id[defect]
        seconds = 2 * chosen.tests.seconds * (len(new) + 1) + _PATIENCE_SECONDS
        reference = self._references.get(defect)
        self._judges.append(Judge(chosen, new, reference, self.sandbox, seconds))

    def _tell(self, last: str) -> None:
        state = State(self._ended, self._total, len(self._judges), self._failures, last)
        self.watch(state)


def patience(spec: Spec, defect: Defect) -> float:
    """Seconds after which an attempt is taken to hang."""
    match spec:
        case Search():
            return spec.max_seconds + _RUNS * defect.tests.seconds + _PATIENCE_SECONDS
        case Sampling():
            each = spec.seconds + (defect.tests.seconds if spec.verify else 0.0)
            return spec.samples * each + _RUNS * defect.tests.seconds + _PATIENCE_SECONDS
        case Hybrid():
            return patience(spec.first, defect) + patience(spec.then, defect)
        case _:
            return _PATIENCE_SECONDS
