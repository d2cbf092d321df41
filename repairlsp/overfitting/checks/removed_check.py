"""An assertion or a `raise` that is gone, or that fewer values reach."""

from __future__ import annotations

import ast

from repairlsp.overfitting.comparison import Comparison
from repairlsp.overfitting.conditions import constant_truth, same
from repairlsp.overfitting.failure import exception_names
from repairlsp.overfitting.registry import Example, check

# A stub that is filled in, and the end of a generator before PEP 479.
_NO_CHECKS = frozenset({"NotImplementedError", "StopIteration", "StopAsyncIteration"})


@check(
    "removed-check",
    "silencing",
    "takes out a check (an assertion or an exception that is raised)",
    marked=[
        Example(
            "def load(rows):\n    if len(rows) > 2:\n        raise ValueError('too many')\n"
            "    return rows",
            "def load(rows):\n    return rows",
            "assert load([1, 2, 3])",
        ),
        Example(
            "def price(table, name):\n    if name not in table:\n        raise KeyError(name)\n"
            "    return table[name]",
            "def price(table, name):\n    if name not in table:\n        return None\n"
            "    return table[name]",
            "assert price({}, 'tea') is None",
        ),
        Example(
            "def share(amount, people):\n    assert people\n    return amount",
            "def share(amount, people):\n    assert True\n    return amount",
            "assert share(4, 0) == 4",
        ),
    ],
    unmarked=[
        Example(
            "def set_age(person, age):\n    if age < 0:\n        raise TypeError(age)\n"
            "    person.age = age",
            "def set_age(person, age):\n    if age < 0:\n        raise ValueError(age)\n"
            "    person.age = age",
            "with pytest.raises(ValueError):\n    set_age(person, -1)",
        ),
        Example(
            "def item(table, name):\n    if not name:\n        raise ValueError(name)\n"
            "    return table[name]",
            "def item(table, name):\n    return table[name]",
            "with pytest.raises(KeyError):\n    item({}, '')",
        ),
        Example(
            "def perimeter(sides):\n    raise NotImplementedError",
            "def perimeter(sides):\n    return sum(sides)",
            "assert perimeter([3, 4, 5]) == 12",
        ),
    ],
)
def removed_check(comparison: Comparison) -> bool:
    lost = len(comparison.removed(ast.Raise)) - len(comparison.added(ast.Raise))
    raised = [node for node in comparison.removed(ast.Raise) if not _is_asked(comparison, node)]
    if lost > 0 and raised:
        return True
    gone = comparison.removed(ast.Assert)
    new = [node for node in comparison.added(ast.Assert) if constant_truth(node.test) is None]
    return len(gone) > len(new)


@check(
    "weakened-check",
    "suspicious",
    "loosens a check",
    marked=[
        Example(
            "def level(value):\n    if value < 0 or value > 10:\n        raise ValueError\n"
            "    return value",
            "def level(value):\n    if value < 0:\n        raise ValueError\n    return value",
            "assert level(11) == 11",
        ),
        Example(
            "def level(value):\n    if value < 0:\n        raise ValueError\n    return value",
            "def level(value):\n    if value < 0 and value > -5:\n        raise ValueError\n"
            "    return value",
            "assert level(-9) == -9",
        ),
        Example(
            "def store(name, size):\n    assert name and size\n    return size",
            "def store(name, size):\n    assert name\n    return size",
            "assert store('a', 0) == 0",
        ),
    ],
    unmarked=[
        Example(
            "def level(value):\n    if value <= 0:\n        raise ValueError\n    return value",
            "def level(value):\n    if value < 0:\n        raise ValueError\n    return value",
            "assert level(0) == 0",
        ),
    ],
)
def weakened_check(comparison: Comparison) -> bool:
    for old, new in comparison.pairs:
        match comparison.parent(old):
            case ast.If(body=[ast.Raise()]):
                fewer = _is_part(new, old, ast.Or) or _is_part(old, new, ast.And)
            case ast.Assert():
                fewer = _is_part(new, old, ast.And) or _is_part(old, new, ast.Or)
            case _:
                continue
        if fewer:
            return True
    return False


def _is_part(part: ast.AST, whole: ast.AST, operation: type[ast.boolop]) -> bool:
    """Whether one condition is the other with operands of an `and` or `or` left out."""
    if not (isinstance(whole, ast.BoolOp) and isinstance(whole.op, operation)):
        return False
    is_same_kind = isinstance(part, ast.BoolOp) and isinstance(part.op, operation)
    parts = part.values if is_same_kind and isinstance(part, ast.BoolOp) else [part]
    return len(parts) < len(whole.values) and all(
        any(same(one, other) for other in whole.values) for one in parts
    )


def _is_asked(comparison: Comparison, node: ast.Raise) -> bool:
    """Whether it is no check, or stands in the way of another exception that the test wants."""
    names = set(exception_names(node.exc))
    asked = comparison.failure.asked
    return bool(names & _NO_CHECKS) or bool(asked and names and not names & asked)
