"""`@fuzz(strategies...)`: a property that is tried for a moment in `make test`, and in `make fuzz`
for as long as FUZZ_SECONDS says, each time with new examples.

What was found once stays next to the property, as `found`, and is tried every time.
"""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis.strategies import SearchStrategy

SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))
_ROUND = 500


def fuzz(
    *strategies: SearchStrategy[Any], examples: int = 100, found: Sequence[tuple[Any, ...]] = ()
) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """`examples` are for `make test`: as many as take about a second."""

    def decorated(check: Callable[..., None]) -> Callable[[], None]:
        given_check = given(*strategies)(check)
        for arguments in found:
            given_check = example(*arguments)(given_check)
        unhurried = settings(suppress_health_check=list(HealthCheck), max_examples=examples)
        if SECONDS:
            unhurried = settings(unhurried, max_examples=_ROUND, derandomize=False)
        tried = unhurried(given_check)

        def run() -> None:
            end = time.monotonic() + SECONDS
            rounds = 0
            while not rounds or time.monotonic() < end:
                tried()
                rounds += 1
            if SECONDS:
                print(f"{check.__name__}: up to {rounds * _ROUND} examples")

        functools.update_wrapper(run, check)
        del run.__wrapped__  # type: ignore[attr-defined]  # pytest would ask it for fixtures
        return run

    return decorated
