"""`diff`: the best verified patch, as `git apply` takes it, and nothing else.

Alternatives of one fix exclude each other, so a second patch is never appended: the output of
this format can always be applied as it is.
"""

from __future__ import annotations

from repairlsp.formats.format import PLAIN, View
from repairlsp.types import RepairRequest, RepairResult


def render(result: RepairResult, request: RepairRequest, view: View = PLAIN, /) -> str:
    """The unified diff of the best verified patch; empty when there is none."""
    verified = (patch for patch in result.patches if patch.status == "verified")
    best = min(verified, key=lambda patch: patch.rank, default=None)
    return best.diff if best else ""
