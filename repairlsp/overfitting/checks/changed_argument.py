"""What was done to the function's own value is done to what it was given, so it has no effect."""

from __future__ import annotations

import ast

from repairlsp.overfitting.comparison import Comparison
from repairlsp.overfitting.registry import Example, check


@check(
    "changed-argument",
    "suspicious",
    "changes what the function was given instead of what it makes",
    marked=[
        Example(
            "def minus(one, other):\n    result = list(one)\n    for item in other:\n"
            "        result.remove(item)\n    return result",
            "def minus(one, other):\n    result = list(one)\n    for item in other:\n"
            "        one.remove(item)\n    return result",
        ),
    ],
    unmarked=[
        Example(
            "def joined(one, other):\n    result, rest = list(one), list(other)\n"
            "    rest.extend(other)\n    return result",
            "def joined(one, other):\n    result, rest = list(one), list(other)\n"
            "    result.extend(other)\n    return result",
        ),
    ],
)
def changed_argument(comparison: Comparison) -> bool:
    for old, new in comparison.pairs:
        match old, new:
            case ast.Name(id=before), ast.Name(id=after) if _is_receiver(comparison, new):
                for _, function in comparison.functions:
                    given = {one.arg for one in function.args.args} - {"self", "cls"}
                    if after in given and before not in given and before not in ("self", "cls"):
                        return True
    return False


def _is_receiver(comparison: Comparison, node: ast.AST) -> bool:
    """Whether a statement calls a method of it, for what that does."""
    attribute = comparison.parent(node)
    call = comparison.parent(attribute) if isinstance(attribute, ast.Attribute) else None
    return isinstance(call, ast.Call) and isinstance(comparison.parent(call), ast.Expr)
