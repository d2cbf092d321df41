"""A language model that is asked to write the faulty function anew, some times."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from typing import TypeVar

from repair_eval.bench import Bench
from repair_eval.configs.spec import Sampling
from repair_eval.sources.base import Answer, Answers, Problem
from repair_eval.sources.language_model import LanguageModel, Reply
from repair_eval.sources.prompting import load_prompting
from repair_eval.sources.region import Region, find_region
from repairlsp.errors import PatchError
from repairlsp.patches import unified_diff
from repairlsp.sandbox import choose
from repairlsp.types import CancelToken, Edit

Number = TypeVar("Number", int, float)


class SamplingSource:
    """`origin` is `endpoint` for a model that is asked over HTTP, else `model`."""

    def __init__(self, spec: Sampling, model: LanguageModel) -> None:
        self._spec = spec
        self._model = model
        self._prompting = load_prompting(spec.prompt)
        self._origin = "endpoint" if spec.runtime == "endpoint" else "model"

    def answer(self, problem: Problem, cancel: CancelToken) -> Answers:
        """Sample; with `verify`, until an answer passes the visible tests."""
        begun = time.monotonic()
        defect = problem.defect
        with Bench(defect, choose(problem.sandbox), cancel) as bench:
            return self._sampled(problem, bench, begun, cancel)

    def _sampled(
        self, problem: Problem, bench: Bench, begun: float, cancel: CancelToken
    ) -> Answers:
        failing = bench.run({}, "visible").failing
        failures = [f"{case.id}: {case.message or case.outcome}" for case in failing]
        region = find_region(problem, bench.project, self._spec.localization, cancel)
        if region is None:
            return Answers((), note="localization found no place to ask about")
        try:
            prompt = self._prompting.prompt(region, failures, problem.defect.language)
        except ValueError as error:
            return Answers((), note=f"the place does not fit the prompt: {error}")
        answers: list[Answer] = []
        replies: list[Reply] = []
        verified = None
        for number in range(self._spec.samples):
            # The seeds of different attempts must not meet: an attempt counts on from 1,000 times
            # its own.
            reply = self._model.ask(prompt, problem.seed * 1_000 + number, cancel)
            replies.append(reply)
            edits = self._prompting.edits(region, reply.text)
            answers.append(self._answer(region, edits, reply, time.monotonic() - begun))
            if self._spec.verify and _passes(bench, answers[-1]):
                verified = time.monotonic() - begun
                answers.insert(0, answers.pop())
                break
        return Answers(
            answers=tuple(answers),
            first_verified_seconds=verified,
            prompt_tokens=_total(reply.prompt_tokens for reply in replies),
            output_tokens=_total(reply.output_tokens for reply in replies),
            prefill_seconds=_total(reply.prefill_seconds for reply in replies),
            decode_seconds=_total(reply.decode_seconds for reply in replies),
            suspicious=region.suspicious,
            counts={"generated": len(answers)},
        )

    def processes(self) -> Collection[int] | None:
        """The model's."""
        return self._model.processes()

    def close(self) -> None:
        """End the model."""
        self._model.close()

    def _answer(
        self, region: Region, edits: tuple[Edit, ...] | None, reply: Reply, seconds: float
    ) -> Answer:
        likelihood = reply.log_likelihood
        if edits is None:
            why = "the answer is not in the form that was asked for"
            return Answer("", self._origin, likelihood, False, seconds, why)
        try:
            edited = region.source.apply(edits)
            edited.to_bytes()
        except PatchError as error:
            return Answer("", self._origin, likelihood, False, seconds, str(error))
        diff = unified_diff(region.context.path, region.source, edited)
        return Answer(diff, self._origin, likelihood, True, seconds)


def _passes(bench: Bench, answer: Answer) -> bool:
    if not answer.diff:
        return False
    try:
        files = bench.patched(answer.diff)
    except PatchError:
        return False
    return bench.run(files, "visible").status == "passed"


def _total(values: Iterable[Number | None]) -> Number | None:
    """The sum; None where one of them is not known."""
    known = list(values)
    found = [value for value in known if value is not None]
    return sum(found[1:], found[0]) if found and len(found) == len(known) else None
