"""`diff`: the best verified patch, as `git apply` takes it, and nothing else.

Alternatives of one fix exclude each other, so a second patch is never appended: the output of
this format can always be applied as it is. What speaks against the patch stands above it, where
`git apply` and `patch` expect remarks and skip them.
"""

from __future__ import annotations

from repairlsp.formats.format import PLAIN, View
from repairlsp.formats.repository import exact_diff
from repairlsp.formats.words import caution
from repairlsp.types import RepairRequest, RepairResult


def render(result: RepairResult, request: RepairRequest, view: View = PLAIN, /) -> str:
    """The unified diff of the best verified patch, after remarks; empty when there is none."""
    verified = (patch for patch in result.patches if patch.status == "verified")
    best = min(verified, key=lambda patch: patch.rank, default=None)
    if best is None:
        return ""
    remarks = [f"# repairlsp: {caution(best)}\n"] if best.cautions else []
    return "".join([*remarks, exact_diff(best, request)])
