"""Bugs in conditions: comparison, negation, boolean operators, dropped and added conjuncts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from random import Random

from repairlsp.splice import Splice, node_text, replace_node
from repairlsp.training.operators.registry import Function, Mutation, operator, spliced

_CONFUSED: dict[type[ast.cmpop], tuple[str, ...]] = {
    ast.Lt: ("<=", ">", "<=", ">="),
    ast.LtE: ("<", ">=", "<", "=="),
    ast.Gt: (">=", "<", ">=", "<="),
    ast.GtE: (">", "<=", ">", "=="),
    ast.Eq: ("!=", "is", "!=", ">=", "<="),
    ast.NotEq: ("==", "is not", "==", ">", "<"),
    ast.In: ("not in", "=="),
    ast.NotIn: ("in", "!="),
    ast.Is: ("is not", "=="),
    ast.IsNot: ("is", "!="),
}


def _end(node: ast.expr) -> tuple[int, int]:
    assert node.end_lineno is not None and node.end_col_offset is not None
    return node.end_lineno, node.end_col_offset


@operator("comparison")
def comparison(function: Function, rng: Random) -> Iterator[Mutation]:
    """Another comparison operator: `<` for `<=`, `==` for `!=`, `in` for `not in`."""
    for node in function.nodes:
        if isinstance(node, ast.Compare):
            left = node.left
            for op, right in zip(node.ops, node.comparators, strict=True):
                line, column = _end(left)
                if line == right.lineno:
                    between = function.lines[line - 1].encode()[column : right.col_offset].decode()
                    if "(" not in between and ")" not in between:
                        text = f" {rng.choice(_CONFUSED[type(op)])} "
                        yield spliced(function, Splice(line, column, line, right.col_offset, text))
                left = right


def _conditions(function: Function) -> Iterator[ast.expr]:
    for node in function.nodes:
        if isinstance(node, ast.If | ast.While | ast.IfExp | ast.Assert):
            yield node.test
        elif isinstance(node, ast.comprehension):
            yield from node.ifs


@operator("negation")
def negation(function: Function, rng: Random) -> Iterator[Mutation]:
    """A `not` too many or too few."""
    for test in _conditions(function):
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            yield spliced(function, replace_node(test, node_text(test.operand, function.lines)))
        elif isinstance(test, ast.Name | ast.Attribute | ast.Call | ast.Subscript):
            yield spliced(function, replace_node(test, f"not {node_text(test, function.lines)}"))


@operator("boolean-operator")
def boolean_operator(function: Function, rng: Random) -> Iterator[Mutation]:
    """`and` for `or`."""
    for node in function.nodes:
        if isinstance(node, ast.BoolOp):
            new = "or" if isinstance(node.op, ast.And) else "and"
            line, column = _end(node.values[0])
            right = node.values[1]
            between = function.lines[line - 1].encode()[column:].decode()
            word = "and" if new == "or" else "or"
            if line == right.lineno and between.lstrip().startswith(word + " "):
                start = column + len(between) - len(between.lstrip())
                yield spliced(function, Splice(line, start, line, start + len(word), new))


@operator("dropped-condition")
def dropped_condition(function: Function, rng: Random) -> Iterator[Mutation]:
    """One operand of an `and`/`or` chain is missing."""
    for node in function.nodes:
        if isinstance(node, ast.BoolOp):
            keep = list(node.values)
            keep.pop(rng.randrange(len(keep)))
            word = " and " if isinstance(node.op, ast.And) else " or "
            if node.lineno == node.end_lineno:
                text = word.join(node_text(value, function.lines) for value in keep)
                yield spliced(function, replace_node(node, text))


@operator("added-condition")
def added_condition(function: Function, rng: Random) -> Iterator[Mutation]:
    """A condition that is too strong or too weak by a name that is in scope."""
    for test in _conditions(function):
        if function.names and not isinstance(test, ast.BoolOp | ast.IfExp | ast.Lambda):
            extra = rng.choice(function.names)
            text = node_text(test, function.lines)
            word = rng.choice(("and", "or"))
            extra = rng.choice((extra, f"not {extra}"))
            if "\n" not in text:
                yield spliced(function, replace_node(test, f"{text} {word} {extra}"))


@operator("condition-replaced")
def condition_replaced(function: Function, rng: Random) -> Iterator[Mutation]:
    """A condition stands where another of the function belongs, or compares the wrong thing."""
    tests = [test for test in _conditions(function) if test.lineno == test.end_lineno]
    for test in tests:
        text = node_text(test, function.lines)
        others = {node_text(other, function.lines) for other in tests} - {text}
        if isinstance(test, ast.Compare):
            others.add(node_text(test.left, function.lines))
        if others:
            yield spliced(function, replace_node(test, rng.choice(sorted(others))))
