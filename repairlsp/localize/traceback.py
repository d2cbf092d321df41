"""Evidence from the tracebacks of failing tests: where the exception came up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from repairlsp.localize.evidence import Evidence, by_share
from repairlsp.localize.outline import Outlines
from repairlsp.localize.spread import spread
from repairlsp.localize.weights import Weights
from repairlsp.types import Coverage, Frame, TestCase, TestRun


def traceback_evidence(
    run: TestRun,
    coverage: Coverage,
    is_test: Callable[[str], bool],
    outlines: Outlines,
    weights: Weights,
) -> Iterator[Evidence]:
    """Evidence from the frames that are not tests, the innermost one the strongest.

    The fault is often in a line that ran before the one that raised, so the rest of each frame's
    function is accused too, less.
    """
    tracebacks = {case.id: _frames(case, is_test) for case in run.failing}
    # A test that failed by its own assertion, with no coverage, says nothing either way.
    failing = sum(1 for id, frames in tracebacks.items() if frames or coverage.get(id))
    tests = Counter(place for frames in tracebacks.values() for place in set(map(_place, frames)))
    seen: set[tuple[int, Frame]] = set()
    for id, frames in tracebacks.items():
        for depth, frame in enumerate(frames):
            if (depth, frame) in seen:
                continue
            seen.add((depth, frame))
            outline = outlines.get(frame.path)
            strength = weights.innermost * weights.decay**depth
            strength = by_share(strength, tests[_place(frame)], failing, weights.from_one)
            if outline is not None and frame.line in outline.guards:
                strength *= weights.guard
            reason = f"{'raised in' if depth == 0 else 'on the traceback of'} {id}"
            piece = Evidence(frame.path, frame.line, "traceback", strength, reason)
            yield from spread(piece, outline, coverage.get(id), weights)


def _place(frame: Frame) -> tuple[str, str]:
    return (frame.path, frame.function)


def _frames(case: TestCase, is_test: Callable[[str], bool]) -> list[Frame]:
    """The case's frames outside tests, innermost first, a recursion's repeated lines once."""
    return list(dict.fromkeys(frame for frame in reversed(case.frames) if not is_test(frame.path)))
