"""From what the search found to the result that is reported."""

from __future__ import annotations

from collections.abc import Callable

from repairlsp.patches import unified_diff
from repairlsp.source import SourceText
from repairlsp.types import Candidate, Patch, TestCounts, TestRun

Sources = Callable[[str], SourceText]


def patch_of(
    candidate: Candidate,
    sources: Sources,
    *,
    rank: int,
    seconds: float,
    before: TestRun | None = None,
    after: TestRun | None = None,
) -> Patch:
    """The patch that makes a candidate's edits; verified where `after`, a run with it, is given."""
    diffs = []
    for path in dict.fromkeys(edit.path for edit in candidate.edits):
        source = sources(path)
        edited = source.apply(edit for edit in candidate.edits if edit.path == path)
        diffs.append(unified_diff(path, source, edited))
    return Patch(
        diff="".join(diffs),
        edits=candidate.edits,
        status="verified" if after else "unverified",
        source=candidate.source,
        rank=rank,
        log_likelihood=candidate.log_likelihood,
        before=_counts(before),
        after=_counts(after),
        seconds=seconds,
    )


def _counts(run: TestRun | None) -> TestCounts | None:
    return TestCounts(len(run.passing), len(run.failing)) if run else None
