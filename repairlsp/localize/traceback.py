"""Evidence from the tracebacks of failing tests: where the exception came up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from repairlsp.localize.evidence import Evidence
from repairlsp.localize.outline import Outline, Outlines
from repairlsp.localize.spread import spread
from repairlsp.types import Coverage, Frame, TestCase, TestRun

_INNERMOST = 0.7
_GUARD = 0.6
"""A `raise` or `assert` noticed that something is wrong: often with what its function was given."""
_DECAY = 0.7
"""Each caller further out is less suspicious by this factor."""


def traceback_evidence(
    run: TestRun, coverage: Coverage, is_test: Callable[[str], bool], outlines: Outlines
) -> Iterator[Evidence]:
    """Evidence from the frames that are not tests, the innermost one the strongest.

    The fault is often in a line that ran before the one that raised, so the rest of each frame's
    function is accused too, less.
    """
    seen: set[tuple[int, Frame]] = set()
    for case in run.failing:
        executed = coverage.get(case.id)
        for depth, frame in enumerate(_frames(case, is_test)):
            if (depth, frame) in seen:
                continue
            seen.add((depth, frame))
            strength = _INNERMOST * _DECAY**depth
            if _raises(outlines.get(frame.path), frame.line):
                strength *= _GUARD
            place = "raised in" if depth == 0 else "on the traceback of"
            reason = f"{place} {case.id}"
            yield from spread(
                Evidence(frame.path, frame.line, "traceback", strength, reason),
                outlines.get(frame.path),
                executed,
            )


def _raises(outline: Outline | None, line: int) -> bool:
    """Whether a `raise` or `assert` statement stands at the line."""
    return outline is not None and line in outline.guards


def _frames(case: TestCase, is_test: Callable[[str], bool]) -> list[Frame]:
    """The case's frames outside tests, innermost first, a recursion's repeated lines once."""
    return list(dict.fromkeys(frame for frame in reversed(case.frames) if not is_test(frame.path)))
