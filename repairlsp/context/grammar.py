"""tree-sitter's grammars and our queries, loaded when they are first asked for.

Importing tree-sitter takes some 20 ms that a starting language server does not have to spend.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from repairlsp.context.definition import Definition
from repairlsp.types import LineSpan

if TYPE_CHECKING:
    import tree_sitter

_QUERIES = Path(__file__).parent / "queries"


class Parsed(NamedTuple):
    """A file's definitions in source order, outer ones first, and the statements outside functions.

    `broken`: there is a syntax error somewhere.
    """

    definitions: tuple[Definition, ...]
    statements: tuple[LineSpan, ...]
    broken: bool


class _Grammar(NamedTuple):
    parser: tree_sitter.Parser
    query: tree_sitter.Query


@cache
def _python() -> _Grammar:
    import tree_sitter
    import tree_sitter_python

    language = tree_sitter.Language(tree_sitter_python.language())
    query = (_QUERIES / "python.scm").read_text("utf-8")
    return _Grammar(tree_sitter.Parser(language), tree_sitter.Query(language, query))


def parse(lines: Sequence[str]) -> Parsed:
    """Parse Python lines; a syntax error never raises, it makes what holds it `broken`."""
    import tree_sitter

    grammar = _python()
    # tree-sitter counts rows by "\n" alone; joined this way its rows are our lines.
    tree = grammar.parser.parse("\n".join(lines).encode("utf-8", "replace"))
    found: dict[int, Definition] = {}
    for _, captures in tree_sitter.QueryCursor(grammar.query).matches(tree.root_node):
        name = captures["name"][0]
        for kind in ("function", "class"):
            for node in captures.get(kind, ()):
                text = (name.text or b"").decode()
                definition = Definition(kind, text, _span(node), node.has_error)
                known = found.get(name.start_byte, definition)
                found[name.start_byte] = min(known, definition, key=lambda each: each.span.start)
    return Parsed(
        tuple(sorted(found.values(), key=Definition.order)),
        tuple(_statement_spans(tree.root_node)),
        tree.root_node.has_error,
    )


def _span(node: tree_sitter.Node) -> LineSpan:
    end_row, end_column = node.end_point
    # A block may end at the start of the line after its own.
    last = end_row if end_column > 0 or end_row == node.start_point[0] else end_row - 1
    return LineSpan(node.start_point[0] + 1, last + 2)


def _statement_spans(node: tree_sitter.Node) -> Iterator[LineSpan]:
    """The smallest statements outside functions: those of the module and of class bodies."""
    for child in node.named_children:
        definition = child.child_by_field_name("definition") or child
        if definition.type == "class_definition":
            body = definition.child_by_field_name("body")
            if body is not None:
                yield from _statement_spans(body)
        elif definition.type != "function_definition":
            yield _span(child)
