"""Do one task, in whatever process: the one function that the pool and the cluster call."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace

from repair_eval.bench import Bench
from repair_eval.configs import Gold, NoOp, Spec
from repair_eval.judging import judge_answer, reference_of
from repair_eval.record import Attempt, Sample
from repair_eval.run.energy import EnergyMeter, open_meter
from repair_eval.run.gauge import MemoryGauge
from repair_eval.run.tasks import Broken, Generate, Judge, Outcome, Task, Verdicts
from repair_eval.sources import Answer, Answers, Problem, Source, open_source
from repairlsp.errors import CancelledError
from repairlsp.sandbox import NEVER, choose
from repairlsp.types import CancelToken

_MAX_ERROR = 2_000


@dataclass
class Performer:
    """Does tasks one after another, and keeps the last source open: a model takes long to load."""

    cancel: CancelToken = NEVER
    _spec: Spec | None = None
    _source: Source | None = None
    _meter: EnergyMeter | None = None
    _looked: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def perform(self, task: Task) -> Outcome:
        """Do it. Whatever goes wrong is told as `Broken`, but for a cancel, which is raised."""
        with self._lock:
            try:
                return self._judge(task) if isinstance(task, Judge) else self._generate(task)
            except CancelledError:
                raise
            except Exception as error:  # noqa: BLE001 (told, stored, and tried again)
                self._close_source()  # whatever state it is in
                return Broken(f"{type(error).__name__}: {error}"[:_MAX_ERROR])

    def close(self) -> None:
        """Close the source, and end what measures it."""
        self._close_source()
        meter, self._meter, self._looked = self._meter, None, False
        if meter:
            meter.close()

    def _close_source(self) -> None:
        source, self._source, self._spec = self._source, None, None
        if source:
            source.close()

    def _generate(self, task: Generate) -> Attempt:
        source = self._opened(task)
        problem = Problem(task.defect, task.seed, task.sandbox)
        control = isinstance(task.configured.spec, NoOp | Gold)
        meter = self._metered() if task.alone and not control else None
        if meter:
            meter.begin()
        begun = time.monotonic()
        try:
            with MemoryGauge(source.processes) as gauge:
                found = source.answer(problem, self.cancel)
        finally:
            seconds = time.monotonic() - begun
            joules = meter.end() if meter else None
        if source.processes() is None:
            joules = None  # what drew it is another machine
        return replace(
            task.failed(found.note),
            status="done",
            seconds=max(0.0, seconds - found.loading_seconds),
            first_verified_seconds=found.first_verified_seconds,
            prompt_tokens=found.prompt_tokens,
            output_tokens=found.output_tokens,
            prefill_seconds=found.prefill_seconds,
            decode_seconds=found.decode_seconds,
            peak_bytes=gauge.peak_bytes,
            joules=joules,
            energy_source=meter.source if meter and joules is not None else None,
            suspicious=found.suspicious,
            counts=dict(found.counts),
            alone=task.alone,
            samples=_samples(found),
        )

    def _judge(self, task: Judge) -> Verdicts:
        with Bench(task.defect, choose(task.sandbox), self.cancel) as bench:
            reference = task.reference or reference_of(bench)
            judged = tuple(judge_answer(bench, diff, reference) for diff in task.diffs)
        return Verdicts(reference, judged)

    def _metered(self) -> EnergyMeter | None:
        if not self._looked:
            self._meter, self._looked = open_meter(), True
        return self._meter

    def _opened(self, task: Generate) -> Source:
        if self._source is None or self._spec != task.configured.spec:
            self._close_source()
            self._source = open_source(task.configured.spec, task.threads)
            self._spec = task.configured.spec
        return self._source


def _samples(found: Answers) -> tuple[Sample, ...]:
    return tuple(_sample(index, answer) for index, answer in enumerate(found.answers))


def _sample(index: int, answer: Answer) -> Sample:
    """Not judged yet."""
    return Sample(
        index=index,
        diff=answer.diff,
        origin=answer.origin,
        log_likelihood=answer.log_likelihood,
        well_formed=answer.well_formed,
        plausible=None,
        correct=None,
        exact=False,
        ast_same=None,
        lines_changed=0,
        seconds=answer.seconds,
        reason=answer.reason,
    )
