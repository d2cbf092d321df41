"""Seconds and tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from repair_eval.measures.results import Results
from repair_eval.measures.spread import Spread
from repair_eval.record import Attempt


class Speed(NamedTuple):
    """`attempt`: seconds of an attempt. `verified`: seconds to the first patch that the source
    verified, of the attempts that have one (its `number` says how many). Tokens are those of an
    attempt; the rates are tokens per second, over all attempts that tell both."""

    attempt: Spread | None
    verified: Spread | None
    prompt_tokens: Spread | None
    output_tokens: Spread | None
    prefill_rate: float | None
    decode_rate: float | None


def speed(results: Results) -> Speed:
    """Of the attempts in which the machinery held."""
    done = results.done
    return Speed(
        attempt=Spread.of(one.seconds for one in done),
        verified=Spread.of(one.first_verified_seconds for one in done),
        prompt_tokens=Spread.of(one.prompt_tokens for one in done),
        output_tokens=Spread.of(one.output_tokens for one in done),
        prefill_rate=_rate(results, lambda one: (one.prompt_tokens, one.prefill_seconds)),
        decode_rate=_rate(results, lambda one: (one.output_tokens, one.decode_seconds)),
    )


def _rate(
    results: Results, pair: Callable[[Attempt], tuple[int | None, float | None]]
) -> float | None:
    tokens, seconds = 0, 0.0
    for attempt in results.done:
        count, time = pair(attempt)
        if count is not None and time is not None:
            tokens, seconds = tokens + count, seconds + time
    return tokens / seconds if seconds else None
