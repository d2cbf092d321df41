"""From what the search found to the result that is reported."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from repairlsp.patches import unified_diff
from repairlsp.source import SourceText
from repairlsp.types import Candidate, Caution, Patch, PatchStatus, TestCounts, TestRun

Sources = Callable[[str], SourceText]


def patch_of(
    candidate: Candidate,
    sources: Sources,
    *,
    rank: int,
    seconds: float,
    status: PatchStatus = "unverified",
    before: TestRun | None = None,
    after: TestRun | None = None,
    cautions: Sequence[Caution] = (),
    satisfied: str = "",
) -> Patch:
    """The patch that makes a candidate's edits. `after` is the run with it, if there was one;
    `satisfied` the tool that says nothing about it, if one was asked."""
    diffs, digests = [], {}
    for path in dict.fromkeys(edit.path for edit in candidate.edits):
        source = sources(path)
        edited = source.apply(edit for edit in candidate.edits if edit.path == path)
        diffs.append(unified_diff(path, source, edited))
        digests[path] = hashlib.sha256(source.to_bytes()).hexdigest()
    return Patch(
        diff="".join(diffs),
        edits=candidate.edits,
        status=status,
        source=candidate.source,
        rank=rank,
        log_likelihood=candidate.log_likelihood,
        before=_counts(before),
        after=_counts(after),
        seconds=seconds,
        cautions=tuple(cautions),
        satisfied=satisfied,
        sha256=digests,
    )


def _counts(run: TestRun | None) -> TestCounts | None:
    return TestCounts(len(run.passing), len(run.failing)) if run else None
