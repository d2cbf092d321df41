"""A result as remarks about places in files, as reviewers, dashboards and annotations show them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from repairlsp.formats.changes import Change, changes
from repairlsp.formats.explanation import asked, explanation, failure, short_name, subject
from repairlsp.formats.repository import prefix
from repairlsp.types import (
    FaultLocation,
    LineSpan,
    Patch,
    RepairRequest,
    RepairResult,
    TestCase,
)

Rule = Literal["verified-fix", "silencing-fix", "partial-fix", "unverified-fix", "failing-test"]

RULES: Final[dict[Rule, str]] = {
    "verified-fix": "With this patch the failing tests pass, and no other test breaks.",
    "silencing-fix": "The tests pass with this patch, which most likely only hides the fault.",
    "partial-fix": "Some of the failing tests pass with this patch, and no other test breaks.",
    "unverified-fix": "No test has checked this patch.",
    "failing-test": "A test fails, and no patch for it was verified.",
}
"""What a finding can be, for tools that list their rules."""

_SUSPECTS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark. `path` is relative to the repository's root; without `span` it is about the file.

    `change` is what `patch` does there, one of `places`. `related` are suspicious lines, with
    paths of the repository. `fingerprint` stays the same while the code around moves.
    """

    rule: Rule
    path: str
    span: LineSpan | None
    title: str
    message: str
    fingerprint: str
    patch: Patch | None = None
    change: Change | None = None
    related: tuple[FaultLocation, ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether tests say that something is wrong here, rather than an idea that none checked."""
        return self.rule in ("verified-fix", "failing-test")


def findings(result: RepairResult, request: RepairRequest) -> tuple[Finding, ...]:
    """One for each place that the best patch changes or, without a patch, for each failing test."""
    if result.patches:
        return tuple(_of_patch(result.patches[0], result, request))
    if result.status == "nothing-failing":
        return ()
    return tuple(_of_test(case, result, request) for case in asked(result, request))


def rule(patch: Patch) -> Rule:
    """What is known about a patch."""
    if patch.status == "verified":
        return "silencing-fix" if patch.grade == "silencing" else "verified-fix"
    return "unverified-fix" if patch.after is None else "partial-fix"


def _of_patch(patch: Patch, result: RepairResult, request: RepairRequest) -> Iterator[Finding]:
    below, places = prefix(request.project), changes(patch)
    seen: Counter[tuple[str, ...]] = Counter()
    for number, change in enumerate(places, 1):
        several = f" (Change {number} of {len(places)}: apply all.)" if len(places) > 1 else ""
        content = (change.path, *change.before, "->", *change.after)
        yield Finding(
            rule=rule(patch),
            path=below + change.path,
            span=_shown(change),
            title=subject(patch, result, request),
            message=explanation(patch, result, request) + several,
            fingerprint=_digest(*content, str(seen[content])),
            patch=patch,
            change=change,
        )
        seen[content] += 1


def _shown(change: Change) -> LineSpan:
    """The lines that a remark about the change stands at: an insertion has none of its own."""
    if change.before:
        return change.span
    at = max(change.span.start - 1, 1) if change.is_last else change.span.start
    return LineSpan(at, at + 1)


def _of_test(case: TestCase, result: RepairResult, request: RepairRequest) -> Finding:
    below = prefix(request.project)
    frame = case.frames[-1] if case.frames else None
    suspects = tuple(
        FaultLocation(below + one.path, one.line, one.suspiciousness, one.evidence)
        for one in result.locations[:_SUSPECTS]
    )
    lines = ", ".join(f"{one.path}:{one.line}" for one in suspects)
    hint = f" The most suspicious lines: {lines}." if suspects else ""
    return Finding(
        rule="failing-test",
        path=below + (frame.path if frame else case.id.partition("::")[0]),
        span=LineSpan(frame.line, frame.line + 1) if frame else None,
        title=f"{short_name(case)} fails, no verified patch",
        message=f"{failure(case)}, and no patch was verified.{hint}",
        fingerprint=_digest(case.id),
        related=suspects,
    )


def _digest(*parts: str) -> str:
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:32]
