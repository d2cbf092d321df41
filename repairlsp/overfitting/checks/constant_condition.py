"""Conditions that a patch makes always true or always false, and loops over nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.overfitting.comparison import Comparison
from repairlsp.overfitting.conditions import conditions, constant_truth, opposite, same
from repairlsp.overfitting.literals import literal
from repairlsp.overfitting.registry import Example, check

_VIEWS = frozenset({"items", "iteritems", "keys", "iterkeys"})
_NOTHING = frozenset({"[]", "{}", "''"})


@check(
    "constant-condition",
    "silencing",
    "makes a condition always true or always false",
    marked=[
        Example(
            "def tax(amount, foreign):\n    if not foreign:\n        amount *= 2\n"
            "    return amount",
            "def tax(amount, foreign):\n    if False:\n        amount *= 2\n    return amount",
        ),
        Example(
            "def capped(value, top):\n    return top if value > top else value",
            "def capped(value, top):\n    return top if value > top or True else value",
        ),
        Example(
            "def only(bag, other):\n    for item, count in other.items():\n"
            "        if item in bag:\n            bag.remove(item)",
            "def only(bag, other):\n    for item, count in other.items():\n"
            "        if item not in other:\n            bag.remove(item)",
        ),
        Example(
            "def minus(bag, other):\n    return [one for one in other._counts if one in bag]",
            "def minus(bag, other):\n    return [one for one in other._counts if one not in other]",
        ),
        Example(
            "def band(age):\n    if age < 12:\n        return 'child'\n    elif age < 20:\n"
            "        return 'teen'\n    return 'adult'",
            "def band(age):\n    if age < 12:\n        return 'child'\n    elif age < 12:\n"
            "        return 'teen'\n    return 'adult'",
        ),
    ],
    unmarked=[
        Example(
            "def wait(queue):\n    while queue:\n        if queue.get() is None:\n"
            "            break",
            "def wait(queue):\n    while True:\n        if queue.get() is None:\n            break",
        ),
        Example(
            "def band(age):\n    if age < 12:\n        return 'child'\n    elif age > 20:\n"
            "        return 'adult'",
            "def band(age):\n    if age < 12:\n        return 'child'\n    elif age >= 20:\n"
            "        return 'adult'",
        ),
        Example(
            "def doubled(items):\n    for item in items:\n        if item in items[1:]:\n"
            "            return item",
            "def doubled(items):\n    for item in items:\n        if items.count(item) > 1:\n"
            "            return item",
        ),
    ],
)
def constant_condition(comparison: Comparison) -> bool:
    before = {ast.dump(test) for test in conditions(comparison.old.tree)}
    for test in conditions(comparison.new.tree):
        # An `elif` repeats what is in the old code too, so that is looked at where the change is.
        if ast.dump(test) in before and not _is_changed(comparison, test):
            continue
        if constant_truth(test) is not None and not _is_endless_loop(comparison, test):
            return True
        if _is_decided_above(comparison, test) or _is_of_the_loop(comparison, test):
            return True
    return False


@check(
    "disabled-loop",
    "silencing",
    "makes a loop run over nothing",
    marked=[
        Example(
            "def stock(items, orders):\n    for order in orders:\n        items[order] -= 2",
            "def stock(items, orders):\n    for order in []:\n        items[order] -= 2",
        ),
        Example(
            "def flat(values):\n    return [0 for i in range(len(values))]",
            "def flat(values):\n    return [0 for i in range(0)]",
        ),
    ],
    unmarked=[
        Example(
            "def stock(items):\n    for i in range(len(items)):\n        items[i] = 0",
            "def stock(items):\n    for i in range(1, len(items)):\n        items[i] = 0",
        ),
    ],
)
def disabled_loop(comparison: Comparison) -> bool:
    before, after = (
        sum(
            _is_empty(node.iter)
            for node in ast.walk(part.tree)
            if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension)
        )
        for part in (comparison.old, comparison.new)
    )
    return after > before


@check(
    "dropped-condition",
    "suspicious",
    "does always what was done under a condition",
    marked=[
        Example(
            "def label(n):\n    text = 'item'\n    if n != 1:\n        text += 's'\n"
            "    return text",
            "def label(n):\n    text = 'item'\n    text += 's'\n    return text",
        ),
    ],
    unmarked=[
        Example(
            "def label(n, m):\n    return 'items' if n != 1 and m else 'item'",
            "def label(n, m):\n    return 'items' if n != 1 else 'item'",
        ),
    ],
)
def dropped_condition(comparison: Comparison) -> bool:
    for change in comparison.changes:
        match change.old:
            case (ast.If(body=body, orelse=[]),):
                if len(body) == len(change.new) and all(map(same, body, change.new)):
                    return True
    return False


def _is_changed(comparison: Comparison, test: ast.expr) -> bool:
    """Whether the condition is in what the patch wrote, or a part of it is."""
    nodes = {node for change in comparison.changes for node in change.new}
    inside = not nodes.isdisjoint(ast.walk(test))
    return inside or any(outer in nodes for outer in comparison.ancestors(test))


def _is_endless_loop(comparison: Comparison, test: ast.expr) -> bool:
    """`while True` with a way out."""
    loop = comparison.parent(test)
    return isinstance(loop, ast.While) and any(
        isinstance(node, ast.Break | ast.Return) for node in ast.walk(loop)
    )


def _is_decided_above(comparison: Comparison, test: ast.expr) -> bool:
    """Whether an `elif` asks what was asked above, or a branch asks what it was taken for."""
    inner: ast.AST = test
    for outer in comparison.ancestors(test):
        if isinstance(outer, ast.If) and inner is not outer.test:
            in_else = inner in outer.orelse
            if in_else and isinstance(inner, ast.If) and test is inner.test:
                if same(outer.test, test):
                    return True
            elif (
                inner in outer.body
                and not _is_assigned(test, outer)
                and (opposite(outer.test, test) or same(outer.test, test))
            ):
                return True
        if isinstance(outer, ast.stmt):
            if isinstance(outer, ast.For | ast.While | ast.FunctionDef | ast.AsyncFunctionDef):
                return False  # what was decided outside may be different the next time round
            inner = outer
    return False


def _is_of_the_loop(comparison: Comparison, test: ast.expr) -> bool:
    """Whether it asks of a loop's own variable whether it is in what the loop goes over."""
    match test:
        case ast.Compare(left=ast.Name(id=name), ops=[ast.In() | ast.NotIn()], comparators=[box]):
            pass
        case _:
            return False
    for outer in comparison.ancestors(test):
        if isinstance(outer, ast.For) and name in _names(outer.target):
            return _is_within(outer.iter, box) and not _is_assigned(box, outer)
        for loop in getattr(outer, "generators", ()):
            if name in _names(loop.target):
                return _is_within(loop.iter, box)
    return False


def _is_within(iterated: ast.expr, box: ast.expr) -> bool:
    """Whether a loop goes over the box itself, a view of it (`box.items()`), or where it keeps its
    content: `box._items`."""
    if same(iterated, box):
        return True
    match iterated:
        case ast.Call(func=ast.Attribute(value=inner, attr=name), args=[]) if name in _VIEWS:
            return _is_within(inner, box)
        case ast.Attribute(value=inner, attr=name) if name.startswith("_"):
            return _is_within(inner, box)
        case _:
            return False


def _names(target: ast.expr) -> Iterator[str]:
    """The name that takes the elements, or the keys where there are pairs."""
    match target:
        case ast.Name(id=name) | ast.Tuple(elts=[ast.Name(id=name), *_]):
            yield name


def _is_assigned(test: ast.expr, block: ast.AST) -> bool:
    """Whether something in the block may change what the expression looks at."""
    names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    for node in ast.walk(block):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) if name in names:
                return True
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if name in names:
                if node.func.attr not in _VIEWS:  # type: ignore[attr-defined]
                    return True
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                if name in names:
                    return True
    return False


def _is_empty(iterated: ast.expr) -> bool:
    match iterated:
        case ast.Call(func=ast.Name("range"), args=[stop]):
            return literal(stop) == "0"
        case ast.Call(func=ast.Name("range"), args=[start, stop]):
            return same(start, stop)
        case ast.Subscript(slice=ast.Slice(lower=None, upper=ast.Constant(value=0), step=None)):
            return True
        case _:
            return literal(iterated) in _NOTHING
