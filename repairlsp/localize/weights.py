"""How much each kind of evidence weighs.

Fitted by `eval/bench/localization.py` where it says so; the others are reasoned, because no
injected bug comes with what they are about.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Strengths, in [0, 1], of the best evidence of each kind, and shares of a strength."""

    user: float = 0.95
    """A line that the user named."""
    asked_for: float = 0.05
    """A line of a file that the user named, where nothing else accuses that file."""
    diagnostic: float = 0.8

    innermost: float = 0.7
    """The innermost frame of a traceback outside tests."""
    guard: float = 0.6
    """Share of it for a `raise` or `assert`, which noticed that something is wrong: often with
    what its function was given."""
    decay: float = 0.7
    """Each caller further out is less suspicious by this factor."""
    spread: float = 0.4
    """What the other lines of a function get of the strength of one of its lines."""

    spectrum: float = 0.6
    """A perfect score: whole functions share one, so it says little about a single line."""

    idle: float = 0.1
    """What a statement that no failing test executed gets of the best score in its function: the
    fault may be that it is not executed."""

    at_failure: float = 0.35
    """Named by the statement of the test that failed, or by what computed its names."""
    before: float = 0.15
    """Named elsewhere in the test, above the failing statement."""
    unseen: float = 0.1
    """A line of a module that the test imports, when nothing says what was executed."""

    constant: float = 0.4
    """What a constant gets of the suspiciousness of the most suspicious line that reads it."""

    uncommitted: float = 0.5
    """A line changed since the last commit: the tests fail now, and it was edited now."""
    last_commit: float = 0.2
    recent_commit: float = 0.1

    from_one: float = 0.4
    """What evidence is worth that only one of very many failing tests gives."""


WEIGHTS = Weights()
