"""A wrong constant: a number one off or of the wrong sign, `True` for `False`, `[]` for `None`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from repairlsp.generate.templates.code import replacing
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text


@template(
    "wrong-constant",
    source="TBar FP9.1 (mutate literal expression); ManySStuBs Change Numeric, Boolean Literal",
    examples=[
        in_function("def start(xs):", "best = 0\nreturn best", "best = 1\nreturn best"),
        in_function("def first(xs):", "return xs[1]", "return xs[0]"),
        in_function("def last(xs):", "return xs[0]", "return xs[-1]"),
        in_function("def sign(x):", "return x * -1", "return x * 1"),
        in_function("def found():", "return False", "return True"),
        in_function("def empty():", "return None", "return []"),
        in_function("def low(xs):", "low = 0\nreturn low", "low = float('inf')\nreturn low"),
        in_function("def group(xs):", "seen = []\nreturn seen", "seen = {}\nreturn seen"),
        in_function("def days(a, b):", "return a * 23 + b * 24", "return a * 24 + b * 24"),
        in_function("def wide(x):", "return x / 2", "return x / 2.0"),
        in_function("def find():", "return None", "return -1"),
        in_function("def second(xs):", "return xs[1]", "return xs[-2]"),
    ],
)
def wrong_constant(target: Target) -> Iterator[Rewrite]:
    numbers = _numbers(target)
    for node in target.select(ast.expr):
        if isinstance(target.parent(node), ast.UnaryOp | ast.JoinedStr | ast.FormattedValue):
            continue
        if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
            continue
        for source, weight in _alternatives(target, node, numbers).items():
            level = Precedence.FACTOR if source.startswith("-") else Precedence.ATOM
            if source != node_text(node, target.lines) and not _idle(target, node, source):
                yield replacing(target, node, source, weight, level=level)


def _alternatives(
    target: Target, node: ast.expr, numbers: Mapping[str, float]
) -> Mapping[str, float]:
    match node:
        case ast.Constant(value=bool(value)):
            return {str(not value): 5, "None": 1}
        case ast.Constant(value=None):
            return {"0": 1, "False": 1, "True": 1, "[]": 1.5, "{}": 1, "''": 1, "()": 0.3, "1": 0.5,
                    "-1": 0.7}  # fmt: skip
        case ast.Constant(value=int(value)):
            return {**_near(value), **numbers, **_initial(target, node), **_mirrored(target, node)}
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value))):
            return {**_near(-value), **numbers, **_initial(target, node)}
        case ast.Constant(value=float(value)):
            near = {repr(value + 1): 1.0, repr(-value): 1.0, "0.0": 1.0, "1.0": 1.0}
            return {**near, **({str(int(value)): 1.0} if value.is_integer() else {}), **numbers}
        case ast.Constant(value=""):
            return {"None": 1, "' '": 2, "[]": 0.5, "'0'": 0.2, "True": 0.2, "False": 0.3, "0": 0.2}
        case ast.List(elts=[]):
            return {"{}": 2, "None": 1, "set()": 2, "''": 0.7, "[[]]": 0.7, "0": 0.3, "[0]": 0.5}
        case ast.Dict(keys=[]):
            return {"[]": 2, "None": 1, "set()": 2}
        case ast.Tuple(elts=[]):
            return {"[]": 2, "None": 1}
        case ast.Call(func=ast.Name(id="set"), args=[]):
            return {"[]": 1, "{}": 2}
        case ast.Call(func=ast.Name(id="float"), args=[ast.Constant(value=str(value))]):
            sign = "inf" if value.startswith("-") else "-inf"
            return {f"float('{sign}')": 3, "0": 1} if value.endswith("inf") else {}
        case _:
            return {}


def _idle(target: Target, node: ast.expr, source: str) -> bool:
    """Whether nobody would write it there: `x + 0`, `x - -1`, `x * 1`."""
    match target.parent(node):
        case ast.BinOp(op=ast.Add() | ast.Sub(), right=right) if right is node:
            return source == "0" or source.startswith("-")
        case ast.BinOp(op=ast.Div() | ast.FloorDiv() | ast.Mod(), right=right) if right is node:
            return source in ("0", "-1")
        case _:
            return False


def _near(value: int) -> dict[str, float]:
    found = {str(value + 1): 4.0, str(value - 1): 4.0, "0": 2.5, "1": 2.5, "-1": 1.5}
    found |= {str(-value): 2.0, "2": 0.7, str(value * 2): 0.3, str(value * 10): 0.4}
    if value and value % 10 == 0:
        found[str(value // 10)] = 0.4
    if value > 2:
        found[f"{value}.0"] = 0.1
        found[str(value // 2)] = 0.2
    elif value > 0:
        found[f"{value}.0"] = 0.4
    found.pop(str(value), None)
    return found


def _initial(target: Target, node: ast.expr) -> dict[str, float]:
    """What else a variable may start from, or a function give back."""
    match target.parent(node):
        case ast.Assign() | ast.AnnAssign():
            return {"None": 1.2, "float('inf')": 1.2, "float('-inf')": 1.2, "[]": 0.5}
        case ast.Return():
            return {"None": 1.5, "True": 0.5, "False": 0.5, "[]": 0.3}
        case _:
            return {}


def _mirrored(target: Target, node: ast.Constant) -> dict[str, float]:
    """The same place, counted from the end: `[-2]` for `[1]`, `[-4:]` for `[4:]`."""
    assert isinstance(node.value, int)
    match target.parent(node):
        case ast.Subscript():
            return {str(-node.value - 1): 1.0}
        case _:
            return {}


def _numbers(target: Target) -> dict[str, float]:
    """The numbers that the code around uses, and the rest of the file."""
    found = dict.fromkeys(target.vocabulary.numbers, 0.2)
    for node in target.nodes:
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            found[node_text(node, target.lines)] = 1.5
    return found
