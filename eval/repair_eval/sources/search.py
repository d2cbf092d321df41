"""repairlsp's own engine, with a model or with templates only."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from repair_eval.configs.spec import Search
from repair_eval.record import Line
from repair_eval.reference import fault_lines
from repair_eval.sources.base import Answer, Answers, Problem
from repair_eval.sources.metered import MeteredWorker
from repairlsp.engine import repair
from repairlsp.models.catalog import resolve
from repairlsp.types import CancelToken, Limits, Patch, RepairRequest, RepairResult

_LINES = 50
"""Suspicious lines that are kept: top-10 needs ten, and a project has thousands."""
NO_PLUGINS = "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1"
"""As when tests are judged: whatever else is installed here must not change a result."""


class SearchSource:
    """The engine, as `repairlsp fix` runs it. Its model stays loaded between defects.

    Raises ModelError where there is no such model.
    """

    def __init__(self, spec: Search, threads: int | None) -> None:
        self._spec = spec
        self._worker = (
            MeteredWorker(resolve(spec.model), threads=spec.threads or threads)
            if spec.model
            else None
        )

    def answer(self, problem: Problem, cancel: CancelToken) -> Answers:
        """Search; the answers are the patches that the engine reports as verified."""
        defect = problem.defect
        if defect.language != "python":
            return Answers((), note=f"the engine repairs Python, not {defect.language}")
        with tempfile.TemporaryDirectory(prefix="repair-eval-") as folder:
            project = Path(folder) / defect.id.rpartition("/")[2]
            defect.content.lay_out(project, "buggy", "visible")
            loading = self._load(cancel)
            result = repair(self._request(problem, project), model=self._worker, cancel=cancel)
        if self._worker and self._worker.failure:
            raise self._worker.failure
        return replace(self._answers(result), loading_seconds=loading)

    def processes(self) -> Collection[int]:
        """The model worker's."""
        pid = self._worker.pid if self._worker else None
        return () if pid is None else (pid,)

    def close(self) -> None:
        """End the model worker."""
        if self._worker:
            self._worker.close()

    def _load(self, cancel: CancelToken) -> float:
        """Have the model ready, and its counters at zero; the seconds that it took."""
        begun = time.monotonic()
        if self._worker:
            self._worker.reset()
            self._worker.hello(cancel=cancel)
        return time.monotonic() - begun

    def _request(self, problem: Problem, project: Path) -> RepairRequest:
        spec, defect = self._spec, problem.defect
        lines = fault_lines(defect) if spec.localization == "given" else ()
        return RepairRequest(
            project=project,
            command=(NO_PLUGINS, *defect.tests.command),
            lines=tuple((line.path, line.line) for line in lines),
            model=spec.model or None,
            use_model=bool(spec.model),
            use_templates=spec.templates,
            use_fork_server=spec.fork_server,
            sandbox=problem.sandbox,
            spectrum=spec.spectrum,
            limits=Limits(
                max_seconds=spec.max_seconds,
                candidates=spec.candidates,
                patches=spec.patches,
                test_seconds=defect.tests.seconds,
            ),
        )

    def _answers(self, result: RepairResult) -> Answers:
        verified = [patch for patch in result.patches if patch.status == "verified"]
        ranked = sorted(result.locations, key=lambda location: -location.suspiciousness)
        given = self._spec.localization == "given"
        usage = self._worker.usage if self._worker else None
        return Answers(
            answers=tuple(map(_answer, verified)),
            note="" if verified else result.message,
            first_verified_seconds=min((patch.seconds for patch in verified), default=None),
            prompt_tokens=usage and usage.prompt_tokens,
            output_tokens=usage and usage.output_tokens,
            prefill_seconds=usage and usage.prefill_seconds,
            decode_seconds=usage and usage.decode_seconds,
            suspicious=() if given else tuple(Line(x.path, x.line) for x in ranked[:_LINES]),
            counts=dict(result.counts),
        )


def _answer(patch: Patch) -> Answer:
    return Answer(patch.diff, patch.source, patch.log_likelihood, seconds=patch.seconds)
