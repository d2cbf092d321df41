"""How much each kind of evidence weighs.

Most were fitted to bugs injected into published packages and judged by bugs in others
(`eval/bench/localization.py`, eval/results/localization.md), then rounded: around these values the
loss is flat. The others say that they are reasoned, for no injected bug comes with their subject.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Strengths, in [0, 1], of the best evidence of each kind, and shares of a strength."""

    user: float = 0.995
    """A line that the user named: before any that everything else accuses. Reasoned."""
    asked_for: float = 0.05
    """A line of a file that the user named, where nothing else accuses that file. Reasoned."""
    diagnostic: float = 0.97
    """Before any line that is accused by the spectrum and one more. Reasoned."""

    innermost: float = 0.8
    """The innermost frame of a traceback outside tests."""
    guard: float = 0.6
    """Share of it for a `raise` or `assert`, which noticed that something is wrong: often with
    what its function was given."""
    decay: float = 0.4
    """Each caller further out is less suspicious by this factor."""
    spread: float = 0.15
    """What the other lines of a function get of the strength of one of its lines."""

    spectrum: float = 0.9
    """A perfect score. It is shared by whole functions, and still the best evidence there is."""
    idle: float = 0.2
    """What a statement that no failing test executed gets of the best score in its function: the
    fault may be that it is not executed."""

    at_failure: float = 0.2
    """Named by the statement of the test that failed, or by what computed its names."""
    before: float = 0.2
    """Named elsewhere in the test, above the failing statement."""
    unseen: float = 0.1
    """A line of a module that the test imports, when nothing says what was executed."""

    constant: float = 0.4
    """What a constant gets of the suspiciousness of the most suspicious line that reads it."""

    uncommitted: float = 0.4
    """A line changed since the last commit: the tests fail now, and it was edited now. Simulated:
    a bug among the edits goes from rank 5.1 to 2.2, an older one to 5.4."""
    last_commit: float = 0.2
    """Changed by the last commit. Reasoned: less often to blame; at this weight it costs older bugs
    nothing."""
    recent_commit: float = 0.1
    """Changed by the few commits before it. Reasoned."""

    from_one: float = 0.5
    """What evidence is worth that only one of very many failing tests gives."""


WEIGHTS = Weights()
