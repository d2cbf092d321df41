"""A value that lacks an operand: `a + b`, `a - b`, `2 * a`, `a / b` or `a % b` for `a`."""

from __future__ import annotations

import ast
import heapq
from collections.abc import Iterator
from typing import NamedTuple

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.kinds import use_kind, value_kind
from repairlsp.generate.templates.precedence import Precedence, binary
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text

_AFTER = {"+": 1.0, "-": 1.0, "*": 1.0, "/": 0.5, "//": 0.3, "%": 0.6}
"""How often an operand is missing behind each operator, by judgement."""
_BEFORE = {"-": 0.5, "/": 0.1}
"""And in front of those that do not commute."""
_LEVELS = {"+": Precedence.SUM, "-": Precedence.SUM, "**": Precedence.POWER}
_CONSTANTS = {"2": 0.5, "10": 0.1, "100": 0.2, "60": 0.1}
"""Factors and divisors of everyday arithmetic, beside those that the function has."""
_CONSTANT_AFTER = {"*": 0.5, "+": 0.3, "-": 0.3}
_CONSTANT_BEFORE = {"*": 1.0, "+": 0.4, "-": 0.4}
_MOST = 60
"""Operations written for one node: no more of them are looked at."""
_LONGEST = 30
"""Characters of an operand that is borrowed from the function."""


class _Operand(NamedTuple):
    source: str
    level: Precedence
    weight: float


class _Operation(NamedTuple):
    operand: _Operand
    operator: str
    level: Precedence
    is_before: bool
    weight: float


@template(
    "operand-missing",
    source="TSSB-3M, PySStuBs Change Binary Operand; TBar FP8 (mutate operations)",
    examples=[
        in_function("def left(size, used):", "return size", "return size - used"),
        in_function("def place(i, n):", "return i + 1", "return (i + 1) % n"),
        in_function("def area(w, h, b):", "return (w - b) * h", "return (w - 2 * b) * h"),
        in_function("def gross(net, rate):", "return net * rate", "return net * (1 + rate)"),
        in_function("def mean(xs):", "s = sum(xs)\nreturn s", "s = sum(xs)\nreturn s / len(xs)"),
        in_function("def off(p, c):", "return p * c / 100", "return p - p * c / 100"),
        in_function("def square(a):", "return a + 1", "return a ** 2 + 1"),
        in_function("def key(text, at):", "return text[:at]", "return text[:at + len(text)]"),
        in_function("def mark(a):", "b = '_'\nreturn str(a)", "b = '_'\nreturn '_' + str(a)"),
    ],
)
def operand_missing(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Name, ast.Attribute, ast.Subscript, ast.Call):
        if isinstance(node, ast.Call) or isinstance(node.ctx, ast.Load):
            yield from _completed(target, node)
    for operation in target.select(ast.BinOp):
        yield from _completed(target, operation)


def _completed(target: Target, node: ast.expr) -> Iterator[Rewrite]:
    if not _is_operand(target, node):
        return
    parent = target.parent(node)
    kinds = target.kinds(node) or frozenset(kind for kind in [use_kind(node, parent)] if kind)
    if not kinds and isinstance(parent, ast.AugAssign):
        kinds = target.kinds(parent.target)
    own = node_text(node, target.lines)
    if kinds and kinds.isdisjoint(("number", "object")):
        if "string" in kinds:
            yield from _joined(target, node, 1.0)
        return
    if not kinds:
        yield from _joined(target, node, 0.3)
    outer = binary(parent.op) if isinstance(parent, ast.BinOp) else None
    lacking = [
        operation
        for operand in _operands(target, node)
        if operand.source != own
        for operation in _operations(operand)
        if operation.level is not outer  # of `a + b + c` the whole is completed, not its parts
    ]
    for operation in heapq.nlargest(_MOST, lacking, key=lambda one: one.weight):
        source = _written(target, node, operation)
        yield replacing(target, node, source, operation.weight, level=operation.level)
    if outer is not Precedence.POWER:
        base = text(target, node, Precedence.AWAIT)
        for power, weight in (("2", 0.3), ("0.5", 0.05)):
            yield replacing(target, node, f"{base} ** {power}", weight, level=Precedence.POWER)


def _operations(operand: _Operand) -> Iterator[_Operation]:
    """What may be done with an operand, behind the node and in front of it."""
    constant = operand.level is Precedence.ATOM and operand.source[0].isdigit()
    behind, before = (_AFTER | _CONSTANT_AFTER, _CONSTANT_BEFORE) if constant else (_AFTER, _BEFORE)
    for is_before, operators in ((False, behind), (True, before)):
        for operator, share in operators.items():
            level = _LEVELS.get(operator, Precedence.TERM)
            yield _Operation(operand, operator, level, is_before, share * operand.weight)


def _written(target: Target, node: ast.expr, operation: _Operation) -> str:
    operand, operator, level, is_before, _ = operation
    tighter = Precedence(level + 1)
    if is_before:
        return f"{_as(operand, level)} {operator} {text(target, node, tighter)}"
    return f"{text(target, node, level)} {operator} {_as(operand, tighter)}"


def _as(operand: _Operand, level: Precedence) -> str:
    return operand.source if operand.level >= level else f"({operand.source})"


def _is_operand(target: Target, node: ast.expr) -> bool:
    """Whether the node stands where a number or a text does."""
    match target.parent(node):
        case ast.Call(func=func):
            return func is not node
        case ast.Subscript(slice=index):
            return index is node
        case ast.BinOp(op=ast.Mod(), left=left):
            return value_kind(left) != "string"
        case ast.IfExp(test=test):
            return test is not node
        case (
            ast.Return() | ast.Assign() | ast.AugAssign() | ast.AnnAssign() | ast.BinOp()
            | ast.Compare() | ast.Slice() | ast.keyword() | ast.Tuple() | ast.List()
            | ast.UnaryOp(op=ast.USub()) | ast.ListComp() | ast.GeneratorExp() | ast.Dict()
            | ast.DictComp() | ast.Lambda() | ast.Yield()
        ):  # fmt: skip
            return True
        case _:
            return False


def _operands(target: Target, node: ast.expr) -> Iterator[_Operand]:
    """What the function has that a number may lack, each once."""
    found: dict[str, _Operand] = {}

    def add(source: str, level: Precedence, weight: float) -> None:
        if source not in found or found[source].weight < weight:
            found[source] = _Operand(source, level, weight)

    for name in target.names(node).variables():
        if name.id in ("self", "cls") or name.line > node.lineno:
            continue
        if not name.kinds or name.kinds & {"number", "object"}:
            add(name.id, Precedence.ATOM, 1.0 if "number" in name.kinds else 0.6)
        if not name.kinds or name.kinds & {"collection", "string"}:
            add(f"len({name.id})", Precedence.ATOM, 0.5 if name.kinds else 0.2)
    for other in target.ingredients.by_home.get(target.function_of(node), ()):
        numeric = value_kind(other.node) == "number" or (
            value_kind(other.node) is None
            and isinstance(other.node, ast.Attribute | ast.Subscript | ast.BinOp | ast.Call)
        )
        if numeric and len(other.source) <= _LONGEST and target.has(node, other.names):
            add(other.source, other.level, 0.4)
    for number in target.vocabulary.numbers:
        if number != "0":
            add(number, Precedence.ATOM, 0.1)
    for source, weight in _CONSTANTS.items():
        add(source, Precedence.ATOM, weight)
    add("1", Precedence.ATOM, 0.3)
    yield from found.values()


def _joined(target: Target, node: ast.expr, share: float) -> Iterator[Rewrite]:
    """A text with another one of the function before or behind it."""
    own = text(target, node, Precedence.SUM)
    parts: dict[str, float] = {}
    for other in target.ingredients.by_home.get(target.function_of(node), ()):
        if isinstance(other.node, ast.Constant) and isinstance(other.node.value, str):
            parts[other.source] = 0.3
    for name in target.names(node).variables():
        if "string" in name.kinds and name.line <= node.lineno and name.id != own:
            parts[name.id] = 0.3
    for part, weight in parts.items():
        for source in (f"{own} + {part}", f"{part} + {own}"):
            yield replacing(target, node, source, share * weight, level=Precedence.SUM)
