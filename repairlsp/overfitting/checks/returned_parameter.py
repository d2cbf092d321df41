"""A parameter that is given back as it came, where something was made of it."""

from __future__ import annotations

import ast

from repairlsp.overfitting.comparison import Comparison
from repairlsp.overfitting.registry import Example, check


@check(
    "returned-parameter",
    "suspicious",
    "gives a parameter back as it came",
    marked=[
        Example(
            "def clean(name):\n    return name.strip().lower()",
            "def clean(name):\n    return name",
        ),
    ],
    unmarked=[
        Example(
            "def ordered(items):\n    if len(items) < 2:\n        return [items]\n"
            "    return sorted(items)",
            "def ordered(items):\n    if len(items) < 2:\n        return items\n"
            "    return sorted(items)",
        ),
        Example(
            "def steps(count):\n    return count + 1",
            "def steps(count):\n    return count",
        ),
    ],
)
def returned_parameter(comparison: Comparison) -> bool:
    for old, new in comparison.pairs:
        match comparison.parent(new), new:
            case ast.Return() as given, ast.Name(id=name):
                function = comparison.parent(given)
            case _:
                continue
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if _calls(old) and name in {one.arg for one in function.args.args}:
            return True
    return False


def _calls(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Call) for part in ast.walk(node))
