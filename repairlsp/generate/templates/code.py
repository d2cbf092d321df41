"""Writing expressions: the text of nodes and of rewrites, parenthesised where it must be."""

from __future__ import annotations

import ast

from repairlsp.generate.templates.precedence import Precedence, precedence, slot
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice, node_text, replace_node, text_between
from repairlsp.syntax import parse, parse_expression


def text(target: Target, node: ast.expr, at_least: Precedence = Precedence.TEST) -> str:
    """The node's source, to be put into a slot of that level."""
    source = node_text(node, target.lines)
    tuple_in_parentheses = isinstance(node, ast.Tuple) and _closed(source)
    if tuple_in_parentheses or (isinstance(node, ast.GeneratorExp) and _closed(source)):
        return source
    loose = precedence(node) < at_least
    integer_attribute = (
        at_least is Precedence.ATOM
        and isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
    )
    spread = "\n" in source and not _bracketed(source)
    return f"({source})" if loose or integer_attribute or spread else source


def fitted(target: Target, node: ast.expr, source: str, level: Precedence) -> str:
    """`source`, an expression of that level, as it must be written to stand in `node`'s place."""
    parent = target.parent(node)
    if isinstance(node, ast.GeneratorExp) and _sole_argument(node, parent):
        return f"({source})"  # the generator's own parentheses are the call's
    if level >= slot(parent, node) or parenthesised(target, node):
        return source
    return f"({source})"


def replacing(
    target: Target,
    node: ast.expr,
    source: str,
    weight: float = 1.0,
    *,
    level: Precedence = Precedence.ATOM,
    site: ast.AST | None = None,
) -> Rewrite:
    """The rewrite that puts `source`, an expression of that level, in the node's place."""
    change = (replace_node(node, fitted(target, node, source, level)),)
    return Rewrite(site or node, change, weight)


def between(target: Target, left: ast.expr, right: ast.expr) -> str:
    """The text between two neighbouring expressions: operators, parentheses, blanks, comments."""
    line, column = _end(left)
    return text_between(target.lines, line, column, right.lineno, right.col_offset)


def replacing_operator(
    target: Target, left: ast.expr, right: ast.expr, old: str, new: str
) -> Splice | None:
    """The splice that puts the operator `new` in the place of `old` between two operands.

    None when `old` cannot be told from what else stands between them.
    """
    gap = between(target, left, right)
    if gap.count(old) != 1 or "#" in gap:
        return None
    before, _, after = gap.partition(old)
    if old[0].isalpha() and (before[-1:].isalnum() or after[:1].isalnum()):
        return None
    if new[0].isalpha():  # `a==b` to `a is b`
        new = new if before[-1:].isspace() else f" {new}"
        new = new if after[:1].isspace() else f"{new} "
    line, column = _end(left)
    start_line, start_column = _advance(line, column, before)
    end_line, end_column = _advance(start_line, start_column, old)
    return Splice(start_line, start_column, end_line, end_column, new)


def parenthesised(target: Target, node: ast.expr) -> bool:
    """Whether the node stands directly in parentheses on its own line, or is a sole argument."""
    line, column = _end(node)
    before = target.lines[node.lineno - 1].encode()[: node.col_offset].decode().rstrip()
    after = target.lines[line - 1].encode()[column:].decode().lstrip()
    return before.endswith("(") and after.startswith(")")


def _end(node: ast.expr) -> tuple[int, int]:
    assert node.end_lineno is not None and node.end_col_offset is not None
    return node.end_lineno, node.end_col_offset


def _advance(line: int, column: int, over: str) -> tuple[int, int]:
    newlines = over.count("\n")
    if newlines:
        return line + newlines, len(over.rpartition("\n")[2].encode())
    return line, column + len(over.encode())


def _sole_argument(node: ast.GeneratorExp, parent: ast.AST) -> bool:
    return (
        isinstance(parent, ast.Call)
        and parent.args == [node]
        and not parent.keywords
        and parent.end_col_offset == node.end_col_offset
        and parent.end_lineno == node.end_lineno
    )


def _closed(source: str) -> bool:
    """Whether the first character's parenthesis is closed by the last one."""
    if not (source.startswith("(") and source.endswith(")")):
        return False
    try:
        inner = parse_expression(f"_{source}").body  # a call, when the parentheses match
    except SyntaxError:
        return source.startswith("(*")
    return isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name)


def _bracketed(source: str) -> bool:
    """Whether every line break is within brackets of the source's own, so that it can be moved."""
    try:
        parse(f"_ = {source}")
    except SyntaxError:
        return False
    return True
