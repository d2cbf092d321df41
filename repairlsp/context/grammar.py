"""tree-sitter's grammars and our queries, loaded when they are first asked for.

Importing tree-sitter takes some 20 ms that a starting language server does not have to spend.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from repairlsp.context.definition import Definition
from repairlsp.context.languages import PYTHON, Language
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
def _grammar(language: Language) -> _Grammar:
    import tree_sitter

    module = import_module(f"tree_sitter_{language.module}")
    grammar = tree_sitter.Language(getattr(module, language.entry)())
    query = (_QUERIES / f"{language.query}.scm").read_text("utf-8")
    return _Grammar(tree_sitter.Parser(grammar), tree_sitter.Query(grammar, query))


def parse(lines: Sequence[str], language: Language = PYTHON) -> Parsed:
    """Parse lines; a syntax error never raises, it makes what holds it `broken`."""
    import tree_sitter

    grammar = _grammar(language)
    tree = _tree(grammar, lines)
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
        tuple(_statements(tree.root_node, language, found.values())),
        tree.root_node.has_error,
    )


def count_errors(lines: Sequence[str], language: Language) -> int:
    """How many places of a text its grammar does not understand."""
    pending, count = [_tree(_grammar(language), lines).root_node], 0
    while pending:
        node = pending.pop()
        if node.is_error or node.is_missing:
            count += 1
        elif node.has_error:
            pending.extend(node.children)
    return count


def _tree(grammar: _Grammar, lines: Sequence[str]) -> tree_sitter.Tree:
    # tree-sitter counts rows by "\n" alone; joined this way its rows are our lines.
    return grammar.parser.parse("\n".join(lines).encode("utf-8", "replace"))


def _statements(
    root: tree_sitter.Node, language: Language, definitions: Iterable[Definition]
) -> Iterator[LineSpan]:
    """The smallest statements outside functions."""
    if language == PYTHON:
        yield from _statement_spans(root)
        return
    starts = {definition.span.start for definition in definitions}
    for child in root.named_children:
        span = _span(child)
        if not any(line in starts for line in range(*span)):
            yield span


def _span(node: tree_sitter.Node) -> LineSpan:
    end_row, end_column = node.end_point
    # A block may end at the start of the line after its own.
    last = end_row if end_column > 0 or end_row == node.start_point[0] else end_row - 1
    return LineSpan(node.start_point[0] + 1, last + 2)


def _statement_spans(node: tree_sitter.Node) -> Iterator[LineSpan]:
    """Of Python: those of the module and of class bodies."""
    for child in node.named_children:
        definition = child.child_by_field_name("definition") or child
        if definition.type == "class_definition":
            body = definition.child_by_field_name("body")
            if body is not None:
                yield from _statement_spans(body)
        elif definition.type != "function_definition":
            yield _span(child)
