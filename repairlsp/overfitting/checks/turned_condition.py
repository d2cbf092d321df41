"""A condition turned into its opposite, though tests that pass went through it as it was."""

from __future__ import annotations

import ast

from repairlsp.overfitting.comparison import Comparison
from repairlsp.overfitting.conditions import opposite
from repairlsp.overfitting.registry import Example, check

_PASSING_PER_FAILING = 4
"""A wrong way round fails most tests that come there. Where passing ones outnumber failing ones by
this much and still pass when it is turned, they see no difference: chance had many tries."""


@check(
    "turned-condition",
    "suspicious",
    "turns a condition round that many passing tests went through as it was",
    marked=[],
    unmarked=[
        Example(
            "def due(orders):\n    return [one for one in orders if one.paid]",
            "def due(orders):\n    return [one for one in orders if not one.paid]",
        ),
    ],
)
def turned_condition(comparison: Comparison) -> bool:
    for old, new in comparison.pairs:
        if not (isinstance(old, ast.expr) and isinstance(new, ast.expr) and opposite(old, new)):
            continue
        failing, passing = comparison.executions(old)
        if passing >= _PASSING_PER_FAILING * max(failing, 1):
            return True
    return False
