"""Candidates from the model, and the model's opinion of candidates from elsewhere."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from repairlsp.generate.prompt import PromptFormat
from repairlsp.generate.view import View
from repairlsp.models.client import ModelWorker, PromptTooLongError
from repairlsp.types import CancelToken, Candidate, RepairContext

_BEAMS = 16
_MAX_NEW_TOKENS = 64
"""A line of code is about 12 tokens; an answer is rarely more than three."""


def suggest(
    context: RepairContext,
    worker: ModelWorker,
    format: PromptFormat,
    *,
    beams: int = _BEAMS,
    cancel: CancelToken | None = None,
) -> list[Candidate]:
    """The model's own candidates for a function, likeliest first, none that changes nothing.

    Raises ModelError when the worker fails, CancelledError when `cancel` is set.
    """
    view = View.of(context, format)
    prompt = format.render(view.lines, view.marked, view.message)
    try:
        answers = worker.suggest(prompt, beams=beams, max_new_tokens=_MAX_NEW_TOKENS, cancel=cancel)
    except PromptTooLongError:
        return []
    candidates = []
    for answer in answers:
        line_edits = format.parse(answer.text, len(view.lines))
        edits = [view.to_file(edit) for edit in line_edits or ()]
        if edits and all(edits):
            kept = tuple(edit for edit in edits if edit)
            likelihood = answer.log_likelihood
            candidates.append(Candidate(kept, "model", likelihood, score=likelihood))
    return candidates


def score(
    context: RepairContext,
    candidates: Sequence[Candidate],
    worker: ModelWorker,
    format: PromptFormat,
    *,
    cancel: CancelToken | None = None,
) -> list[Candidate]:
    """The candidates with the model's log-likelihood of each, also as their score.

    Those that reach beyond what the model is shown have none and the score -inf. Their order stays.
    Raises as `suggest` does.
    """
    view = View.of(context, format)
    prompt = format.render(view.lines, view.marked, view.message)
    in_prompt = [view.to_prompt(candidate.edits) for candidate in candidates]
    # The worker adds the end token itself.
    answers = [format.answer(edits).removesuffix(format.end) for edits in in_prompt if edits]
    try:
        scores = iter(worker.score(prompt, answers, cancel=cancel))
    except PromptTooLongError:
        return list(candidates)
    scored = []
    for candidate, edits in zip(candidates, in_prompt, strict=True):
        likelihood = next(scores).log_likelihood if edits else -math.inf
        finite = likelihood if math.isfinite(likelihood) else None
        scored.append(replace(candidate, log_likelihood=finite, score=likelihood))
    return scored
