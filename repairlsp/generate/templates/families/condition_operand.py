"""A condition with a part too many, or too few: `a and b` for `a`, `a` for `a and b`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.conditions import missing_conditions
from repairlsp.generate.templates.kinds import value_kind
from repairlsp.generate.templates.precedence import Precedence, precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target


@template(
    "condition-operand",
    source="TBar FP6.2, FP6.3 / PAR Expression Adder, Remover; ManySStuBs More/Less Specific If",
    examples=[
        in_function(
            "def take(a, b):",
            "if a > 1 and b > 1:\n    return a",
            "if b > 1:\n    return a",
        ),
        in_function("def one_of(a, b, c):", "return a or b or c", "return a or c"),
        in_function(
            "def size(box):",
            "if box.full:\n    return 1",
            "if box is not None and box.full:\n    return 1",
        ),
        in_function(
            "def find(items, at, wanted):",
            "while items[at] != wanted:\n    at += 1",
            "while at < len(items) and items[at] != wanted:\n    at += 1",
        ),
        in_function(
            "def merge(a, b):",
            "if a:\n    return 1\nif b == 2 or a == 3:\n    return 2",
            "if a:\n    return 1\nif a and (b == 2 or a == 3):\n    return 2",
        ),
        in_function(
            "def alike(a, b):",
            "return all(x == y for x, y in zip(a, b))",
            "return all(x == y for x, y in zip(a, b)) and len(a) == len(b)",
        ),
        in_function(
            "def evens(items):",
            "return [x for x in items if x.ok]",
            "return [x for x in items if x is not None and x.ok]",
        ),
    ],
)
def condition_operand(target: Target) -> Iterator[Rewrite]:
    for operation in target.select(ast.BoolOp):
        yield from _fewer(target, operation)
    for node in target.select(ast.If, ast.While, ast.IfExp, ast.Assert):
        yield from _more(target, node.test)
    for returned in target.select(ast.Return):
        if returned.value is not None and value_kind(returned.value) == "boolean":
            yield from _more(target, returned.value)
    for comprehension in target.select(ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp):
        for generator in comprehension.generators:
            for test in generator.ifs:
                yield from _more(target, test)


def _fewer(target: Target, node: ast.BoolOp) -> Iterator[Rewrite]:
    level = precedence(node)
    word = " and " if isinstance(node.op, ast.And) else " or "
    for dropped in node.values:
        kept = [value for value in node.values if value is not dropped]
        if len(kept) == 1:
            inner = precedence(kept[0])
            yield replacing(target, node, text(target, kept[0], inner), 2.0, level=inner)
        else:
            source = word.join(text(target, value, Precedence(level + 1)) for value in kept)
            yield replacing(target, node, source, 2.0, level=level)


def _more(target: Target, test: ast.expr) -> Iterator[Rewrite]:
    if isinstance(test, ast.Constant):
        return
    either = Precedence.OR if _is_or(test) else Precedence.AND
    for condition in missing_conditions(target, test):
        both = text(target, test, Precedence.AND)
        any_ = text(target, test, either)
        if condition.guard:
            source = f"{condition.source} and {both}"
            yield replacing(target, test, source, condition.weight, level=Precedence.AND)
        else:
            source, other = f"{both} and {condition.source}", f"{any_} or {condition.source}"
            yield replacing(target, test, source, condition.weight / 2, level=Precedence.AND)
            yield replacing(target, test, other, condition.weight / 2, level=Precedence.OR)


def _is_or(node: ast.expr) -> bool:
    return isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or)
