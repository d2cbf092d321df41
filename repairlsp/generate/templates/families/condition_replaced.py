"""A wrong condition: another one of the function, a plain test, or none at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.comparisons import comparisons
from repairlsp.generate.templates.conditions import conditions_elsewhere, used_variables
from repairlsp.generate.templates.kinds import value_kind
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text


@template(
    "condition-replaced",
    source="TBar FP6.1 / PAR Expression Replacer",
    examples=[
        in_function(
            "def clamp(x, top):",
            "if x > top:\n    return top\nif x:\n    return 0\nreturn x",
            "if x > top:\n    return top\nif x <= top:\n    return 0\nreturn x",
        ),
        in_function("def known(x):", "if x:\n    return 1", "if x is not None:\n    return 1"),
        in_function("def some(x):", "return 1 if x is None else 2", "return 1 if not x else 2"),
        in_function("def spin(x):", "while x:\n    x.go()", "while True:\n    x.go()"),
        in_function("def first(xs):", "if len(xs):\n    return 1", "if len(xs) > 1:\n    return 1"),
        in_function("def even(n):", "n -= 2\nreturn True", "n -= 2\nreturn n == 0"),
        in_function("def fill(x):", "x = x or []", "x = [] if x is None else x"),
    ],
)
def condition_replaced(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.If, ast.While, ast.IfExp):
        test = node.test
        for source, weight in _plain(target, test):
            level = Precedence.NOT if source.startswith("not ") else Precedence.COMPARE
            yield replacing(target, test, source, weight, level=level)
        for condition in conditions_elsewhere(target, test):
            yield replacing(target, test, condition.source, condition.weight, level=Precedence.NOT)
        for subject, weight in _compared(target, test):
            yield replacing(target, test, subject, weight, level=Precedence.COMPARE)
        if isinstance(node, ast.While):
            yield replacing(target, test, "True", 0.5)
        for source, weight in comparisons(target, test):
            yield replacing(target, test, source, 0.2 * weight, level=Precedence.COMPARE)
    for returned in target.select(ast.Return):
        match returned.value:
            case ast.Constant(value=bool()) as constant:
                for source, weight in comparisons(target, returned):
                    yield replacing(target, constant, source, 0.3 * weight)
    for either in target.select(ast.BoolOp):
        if isinstance(either.op, ast.Or) and len(either.values) == 2:
            first, other = either.values
            if isinstance(first, ast.Name) and value_kind(other):
                default = text(target, other, Precedence.OR)
                source = f"{default} if {first.id} is None else {first.id}"
                yield replacing(target, either, source, 0.5, level=Precedence.TEST)


def _compared(target: Target, test: ast.expr) -> Iterator[tuple[str, float]]:
    """What a value is compared with elsewhere, where its truth alone is tested here."""
    if isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant):
        return
    own = node_text(test, target.lines)
    if "\n" in own:
        return
    for other in target.ingredients.by_role.get(("condition",), ()):
        compares = isinstance(other.node, ast.Compare) and other.source.startswith(f"{own} ")
        if compares and target.has(test, other.names):
            yield other.source, 0.5 * target.nearness(test, other.home)


def _plain(target: Target, test: ast.expr) -> Iterator[tuple[str, float]]:
    """Truth and None confused, both ways."""
    match test:
        case ast.Name() | ast.Attribute():
            subject = text(target, test)
            yield f"{subject} is not None", 1.5
            yield f"{subject} is None", 0.5
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name() | ast.Attribute() as operand):
            yield f"{text(target, operand)} is None", 1.5
        case ast.Compare(left=left, ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
            yield f"not {text(target, left, Precedence.NOT)}", 1.5
        case ast.Compare(left=left, ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]):
            yield text(target, left, Precedence.NOT), 1.5
        case ast.Call(func=ast.Name(id="len")) | ast.BinOp():
            subject = text(target, test, Precedence.BIT_OR)
            for compared, weight in ((" > 1", 0.5), (" == 1", 0.5), (" == 0", 0.4), (" > 0", 0.2)):
                yield f"{subject}{compared}", weight
        case _:
            for name in used_variables(target, test):
                yield name.id, 0.2
                yield f"not {name.id}", 0.2
