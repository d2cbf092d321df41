"""Two neighbours in the wrong order: arguments, operands, tuple elements, what a `zip` takes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations

from repairlsp.generate.templates.code import parenthesised, replacing, text
from repairlsp.generate.templates.precedence import Precedence, slot
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text, replace_node


@template(
    "arguments-swapped",
    source="ManySStuBs Same Function Swap Args; DeepBugs (Pradel and Sen 2018)",
    examples=[
        in_function("def part(a, b):", "return divmod(b, a)", "return divmod(a, b)"),
        in_function("def less(a, b):", "return a - b", "return b - a"),
        in_function("def pair(a, b):", "return b, a", "return a, b"),
        in_function("def under(a, b):", "return a * 2 / (b + 1)", "return (b + 1) / (a * 2)"),
        in_function("def step(a, b):", "a, b = a + b, b\nreturn a", "a, b = b, a + b\nreturn a"),
        in_function("def inside(a, b):", "return b in a", "return a in b"),
        in_function("def build(a, b, c):", "return slice(c, b, a)", "return slice(a, b, c)"),
        in_function("def flip(d):", "return {k: v for k, v in d}", "return {v: k for k, v in d}"),
        in_function(
            "def number(s):",
            "return s.replace(',', '.').replace('.', '')",
            "return s.replace('.', '').replace(',', '.')",
        ),
        in_function("def sized(xs):", "return set(list(xs))", "return list(set(xs))"),
        in_function("def named(a, b):", "return dict(x=b, y=a)", "return dict(x=a, y=b)"),
    ],
)
def arguments_swapped(target: Target) -> Iterator[Rewrite]:
    for call in target.select(ast.Call):
        values = [*call.args, *(keyword.value for keyword in call.keywords)]
        yield from _pairs(target, call, values, 0.4)
        yield from _order_of_calls(target, call)
    for pair in target.select(ast.Tuple, ast.List):
        if len(pair.elts) <= 4:
            yield from _pairs(target, pair, pair.elts, 0.5)
    for operation in target.select(ast.BinOp):
        if isinstance(operation.op, ast.Sub | ast.Div | ast.FloorDiv | ast.Mod | ast.Pow | ast.Add):
            weight = 0.1 if isinstance(operation.op, ast.Add) else 0.6
            yield from _pairs(target, operation, [operation.left, operation.right], weight)
    for compare in target.select(ast.Compare):
        if isinstance(compare.ops[0], ast.In | ast.NotIn) and len(compare.ops) == 1:
            yield from _pairs(target, compare, [compare.left, compare.comparators[0]], 0.4)
    for comprehension in target.select(ast.DictComp):
        yield from _pairs(target, comprehension, [comprehension.key, comprehension.value], 0.6)
    for boolean in target.select(ast.BoolOp):
        yield from _pairs(target, boolean, boolean.values, 0.4)


def _pairs(
    target: Target, site: ast.expr, values: list[ast.expr], weight: float
) -> Iterator[Rewrite]:
    plain = [value for value in values if not isinstance(value, ast.Starred)][:5]
    for (at, one), (other_at, other) in combinations(enumerate(plain), 2):
        if ast.dump(one) != ast.dump(other):
            near = 1 if other_at - at == 1 else 0.5
            change = tuple(
                replace_node(place, _in_place_of(target, place, value))
                for place, value in ((one, other), (other, one))
            )
            yield Rewrite(site, change, weight * near)


def _order_of_calls(target: Target, call: ast.Call) -> Iterator[Rewrite]:
    """The second of two steps first: `x.g().f()` for `x.f().g()`, `g(f(x))` for `f(g(x))`."""
    match call:
        case ast.Call(
            func=ast.Attribute(
                value=ast.Call(func=ast.Attribute(value=subject) as first) as inner
            ) as second
        ):
            steps = (_behind(target, second, call), _behind(target, first, inner))
            if all(steps):
                source = text(target, subject, Precedence.ATOM) + "".join(steps)
                yield replacing(target, call, source, 0.3)
        case ast.Call(
            func=ast.Name(id=outer),
            args=[ast.Call(func=ast.Name(id=inside), args=[value], keywords=[])],
            keywords=[],
        ) if outer != inside:
            yield replacing(target, call, f"{inside}({outer}({text(target, value)}))", 0.2)


def _behind(target: Target, attribute: ast.Attribute, call: ast.Call) -> str:
    """`.name(arguments)`; empty where it runs over several lines."""
    whole = node_text(call, target.lines)
    subject = node_text(attribute.value, target.lines)
    return "" if "\n" in whole else whole.removeprefix(subject)


def _in_place_of(target: Target, place: ast.expr, value: ast.expr) -> str:
    parent = target.parent(place)
    held = isinstance(parent, ast.Tuple | ast.List) or parenthesised(target, place)
    level = Precedence.TEST if held else slot(parent, place)
    return text(target, value, level)
