"""Calls again what fails for a moment."""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Policy:
    """How often to try, and how many seconds to wait in between.

    The pause doubles each time, up to `longest`; `jitter` is the largest share of it that is taken
    off at random, so that clients do not come back all at once.
    """

    attempts: int = 4
    first: float = 0.5
    longest: float = 30.0
    jitter: float = 0.0

    def pause(self, failures: int, rng: random.Random) -> float:
        """How long to wait after so many failures, at least one."""
        pause = min(self.first * 2 ** (failures - 1), self.longest)
        return pause * (1 - self.jitter * rng.random())


def retrying(
    policy: Policy,
    on: type[Exception] | tuple[type[Exception], ...] = OSError,
    *,
    sleep: Callable[[float], object] = time.sleep,
    rng: random.Random | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorator: calls the function again while it raises one of the errors in `on`.

    The error of the last attempt is raised as it is, at once. Other errors are raised when they
    come. ValueError for a policy without an attempt.
    """
    if policy.attempts < 1:
        raise ValueError(f"a policy needs an attempt, not {policy.attempts}")
    rng = rng or random.Random()

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def retried(*args: P.args, **kwargs: P.kwargs) -> R:
            for attempt in range(1, policy.attempts + 1):
                try:
                    return function(*args, **kwargs)
                except on:
                    if attempt == policy.attempts:
                        raise
                    sleep(policy.pause(attempt, rng))

        return retried

    return decorate
