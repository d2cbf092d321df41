"""A rewrite replaces the expression it means to, and takes no other operand along."""

from __future__ import annotations

import ast
import copy

import pytest

from repairlsp.generate.templates import Template, templates
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.source import SourceText
from repairlsp.splice import SplicedLines, splice
from repairlsp.types import Edit, LineSpan, RepairContext

_PROGRAMS = (
    "def f(a, b, c):\n    x = -a ** 2 + b * (c - 1) // 2 - (a if b else c)\n    return x",
    "def f(a, b, c):\n    y = not a and (b or c) and not (a == b)\n    return (y)",
    "def f(a, items, g):\n    return (a, a)[0], g(i for i in items), [i for i in items if a or i]",
    "def f(a, b, c, items, g):\n    w = a < b <= c, g(*items, key=lambda n: n + 1)\n    yield w",
    "def f(a, b, items):\n    if (n := len(items)) > 1:\n        return {a: b, **a}[a + b], n",
    "def f(a, b, c):\n    return (a or b).c, (a + b)[1:-1], 1 .real, -a.b, (-a).b, a - (b - c)",
    "async def f(a, b, c):\n    return await a(b)[c], a or b if c else not a",
    "def f(a, b, c):\n    while a and b in c: a -= 1; b = b[a - 1:][0] % (a +\n  b)\n    return a",
    "def f(é, b):\n    return '€', é - b * 2, f'{é + 1:>{b}} {b - é}', é\n",
)
_COMMON = ("wrong-variable", "off-by-one", "negation", "call-added", "wrong-constant")


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.name)
def test_a_replaced_expression_stands_alone(template: Template) -> None:
    checked = 0
    for program in _PROGRAMS:
        source = SourceText.from_text(program)
        span = LineSpan(1, len(source.lines) + 1)
        target = Target.of(source, RepairContext("m.py", "f", span, source.lines))
        rewrites = list(template.propose(target))
        sample = rewrites[:: 1 + len(rewrites) // 60]
        checked += sum(_stands_alone(source, target, rewrite) for rewrite in sample)
    assert checked > 20 or template.name not in _COMMON


def _stands_alone(source: SourceText, target: Target, rewrite: Rewrite) -> bool:
    """Compare with the tree in which the new expression has been put by hand.

    False, without a comparison, for splices that do not cover an expression exactly (operators,
    statements), and for what does not parse, which `propose` leaves out.
    """
    if isinstance(rewrite.change, SplicedLines) or len(rewrite.change) > 1:
        return False
    part = rewrite.change[0]
    places = [
        node
        for node in ast.walk(target.module)
        if isinstance(node, ast.expr)
        and (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset) == part[:4]
    ]
    span, lines = splice(target.lines, [part])
    try:
        new = ast.parse(part.text, mode="eval").body
        found = ast.dump(ast.parse(source.apply([Edit("m.py", span, lines)]).text))
    except SyntaxError:
        return False
    if not places:
        return False
    assert any(found == ast.dump(_with(target.module, place, new)) for place in places), part
    return True


def _with(module: ast.Module, place: ast.expr, new: ast.expr) -> ast.Module:
    put = copy.deepcopy(new)
    for node in ast.walk(put):
        if node is put and hasattr(node, "ctx"):
            node.ctx = getattr(place, "ctx", ast.Load())
    memo = {id(place): put}
    return copy.deepcopy(module, memo)
