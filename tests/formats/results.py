"""Parts of results, as the engine gives them. Values only: formats take nothing else."""

from __future__ import annotations

import dataclasses

from repairlsp.types import (
    Caution,
    Edit,
    FaultLocation,
    Frame,
    LineSpan,
    Patch,
    TestCase,
    TestCounts,
    TestRun,
)

DIFF = """\
diff --git a/shop/pricing.py b/shop/pricing.py
--- a/shop/pricing.py
+++ b/shop/pricing.py
@@ -1,3 +1,3 @@
 def discounted(price, percent):
     "The price after a discount."
-    return price - price * percent / 10
+    return price - price * percent / 100
"""
EDIT = Edit("shop/pricing.py", LineSpan(3, 4), ("    return price - price * percent / 100",))
PASSING = tuple(TestCase(f"tests/test_cart.py::test_{number}", "passed") for number in range(41))
FAILING = TestCase(
    "tests/test_pricing.py::test_discount",
    "failed",
    "AssertionError: assert 0.0 == 90.0",
    (Frame("tests/test_pricing.py", 7, "test_discount"),),
)
BEFORE = TestRun("failed", 1, (*PASSING, FAILING), 1.1)
COUNTS = {"generated": 345, "rejected": 3, "duplicate": 20, "validated": 17}
LOCATIONS = (
    FaultLocation("shop/pricing.py", 3, 0.91, "executed by 1 failing test and by 2 that pass"),
    FaultLocation("shop/cart.py", 12, 0.3, "executed by 1 failing test and by 9 that pass"),
)
SILENCING = Caution("removed-check", "silencing", "takes out a check")
SUSPICIOUS = Caution("deleted-statement", "suspicious", "only deletes a statement")
STAGES = {"test": 1.1, "localize": 0.01, "context": 0.01, "generate": 1.0, "validate": 4.0}


def patch(
    rank: int = 1,
    *,
    verified: bool = True,
    source: str = "model",
    cautions: tuple[Caution, ...] = (),
) -> Patch:
    return Patch(
        diff=DIFF,
        edits=(EDIT,),
        status="verified" if verified else "unverified",
        source=source,
        rank=rank,
        log_likelihood=-1.25,
        before=TestCounts(41, 1) if verified else None,
        after=TestCounts(42, 0) if verified else None,
        seconds=5.5,
        cautions=cautions,
    )


def partial() -> Patch:
    """A patch with which one of two failing tests passes."""
    counts = {"before": TestCounts(40, 2), "after": TestCounts(41, 1)}
    return dataclasses.replace(patch(verified=False), **counts)
