"""Missing or misplaced parentheses, and an operand too many: `a + b / 2` for `(a + b) / 2`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import between, parenthesised, replacing, text
from repairlsp.generate.templates.precedence import Precedence, precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.syntax import parse_expression


@template(
    "operand-grouping",
    source="TBar FP11.2 (change operator priority), FP13.2; ManySStuBs Change Operand",
    examples=[
        in_function("def mid(a, b):", "return a + b / 2", "return (a + b) / 2"),
        in_function("def sum_(a, b):", "return (a + b) * 2", "return a + b * 2"),
        in_function("def far(a, b, c):", "return a - b - c", "return a - (b - c)"),
        in_function("def safe(a, b, c):", "return a or b and c", "return (a or b) and c"),
        in_function("def no(a, b):", "return not a or b", "return not (a or b)"),
        in_function("def celsius(f):", "return f - 32 * 5 / 9", "return (f - 32) * 5 / 9"),
        in_function("def bare(a, b):", "return a * b", "return a"),
        in_function("def two(a, b):", "return not (a and b)", "return not a and b"),
    ],
)
def operand_grouping(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.BinOp):
        yield from _binary(target, node)
        if not _inside_chain(target, node):
            yield from _parts(target, node)
    for either in target.select(ast.BoolOp):
        yield from _boolean(target, either)
    for negation in target.select(ast.UnaryOp):
        match negation:
            case ast.UnaryOp(op=ast.Not(), operand=ast.BoolOp() as inner):
                first, *others = inner.values
                word = " and " if isinstance(inner.op, ast.And) else " or "
                level = precedence(inner)
                rest = [text(target, value, Precedence(level + 1)) for value in others]
                source = word.join([f"not {text(target, first, Precedence.NOT)}", *rest])
                yield replacing(target, negation, source, 0.5, level=level)


def _binary(target: Target, node: ast.BinOp) -> Iterator[Rewrite]:
    gap = _written(target, node)
    match node.left, node.right:
        case ast.BinOp(left=one, right=two) as left, three:
            inner = _written(target, left)
            if inner and gap and (ast.dump(left.op), ast.dump(node.op)) != ("Add()", "Add()"):
                source = _grouped(target, one, inner, two, gap, three)
                yield replacing(target, node, source, 0.6, level=precedence(left))
    match node.left, node.right:
        case one, ast.BinOp(left=two, right=three) as right:
            inner = _written(target, right)
            if inner and gap:
                first = f"({text(target, one)} {gap} {text(target, two)})"
                source = f"{first} {inner} {text(target, three, Precedence.FACTOR)}"
                yield replacing(target, node, source, 0.8, level=precedence(right))
    for kept in (node.left, node.right):
        level = precedence(kept)
        yield replacing(target, node, text(target, kept, level), 0.15, level=level)


def _parts(target: Target, node: ast.BinOp) -> Iterator[Rewrite]:
    """Each stretch of a chain of operations in parentheses: `(a - b) * c / d`."""
    chain = list(_chain(target, node))
    if not 5 <= len(chain) <= 11:
        return
    own = ast.dump(parse_expression(" ".join(chain)))
    for first in range(0, len(chain), 2):
        for last in range(first + 2, len(chain), 2):
            inside = " ".join(chain[first : last + 1])
            source = " ".join([*chain[:first], f"({inside})", *chain[last + 1 :]])
            whole = parse_expression(source)
            if ast.dump(whole) != own:
                yield replacing(target, node, source, 0.3, level=precedence(whole.body))


def _chain(target: Target, node: ast.expr) -> Iterator[str]:
    """Operands and signs from left to right; what stands in parentheses is one operand."""
    if isinstance(node, ast.BinOp) and (sign := _written(target, node)):
        for side in (node.left, node.right):
            if isinstance(side, ast.BinOp) and not parenthesised(target, side):
                yield from _chain(target, side)
            else:
                yield text(target, side, Precedence.FACTOR)
            if side is node.left:
                yield sign
    else:
        yield text(target, node, Precedence.FACTOR)


def _inside_chain(target: Target, node: ast.BinOp) -> bool:
    return isinstance(target.parent(node), ast.BinOp) and not parenthesised(target, node)


def _grouped(
    target: Target, one: ast.expr, inner: str, two: ast.expr, outer: str, three: ast.expr
) -> str:
    """`one inner (two outer three)`, with the parentheses only where they say something."""
    group = f"{text(target, two, Precedence.TERM)} {outer} {text(target, three, Precedence.FACTOR)}"
    tighter = inner in "+-" and outer in ("*", "/", "//", "%")
    right = group if tighter else f"({group})"
    return (
        f"{text(target, one, Precedence.SUM if inner in '+-' else Precedence.TERM)} {inner} {right}"
    )


def _written(target: Target, node: ast.BinOp) -> str:
    """The operator's sign; empty where comments or line breaks are around it."""
    gap = between(target, node.left, node.right)
    return gap.strip(" ()") if "\n" not in gap and "#" not in gap else ""


def _boolean(target: Target, node: ast.BoolOp) -> Iterator[Rewrite]:
    if isinstance(node.op, ast.Or):
        for at, value in enumerate(node.values):
            if not (isinstance(value, ast.BoolOp) and isinstance(value.op, ast.And)):
                continue
            first, *rest = value.values
            before = [text(target, one, Precedence.AND) for one in node.values[:at]]
            behind = node.values[at + 1 :]
            tail = " and ".join(text(target, one, Precedence.NOT) for one in rest)
            head = " or ".join([*before, text(target, first, Precedence.AND)])
            if before and not behind:
                source = f"({head}) and {tail}"
                yield replacing(target, node, source, 0.8, level=Precedence.AND)
    first, *others = node.values
    if isinstance(first, ast.UnaryOp) and isinstance(first.op, ast.Not):
        word = " or " if isinstance(node.op, ast.Or) else " and "
        level = Precedence(precedence(node) + 1)
        inside = word.join(text(target, one, level) for one in (first.operand, *others))
        yield replacing(target, node, f"not ({inside})", 0.5, level=Precedence.NOT)
