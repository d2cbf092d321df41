"""Real functions to try templates on: those of modules of the standard library."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path

from repairlsp.source import SourceText
from repairlsp.types import LineSpan, RepairContext


def module_source(name: str) -> SourceText:
    spec = importlib.util.find_spec(name)
    assert spec is not None and spec.origin is not None
    return SourceText.from_bytes(Path(spec.origin).read_bytes())


def contexts_of(source: SourceText, path: str) -> Iterator[RepairContext]:
    """Every function that is not within another function, as the flow would present it."""
    stack: list[ast.AST] = [ast.parse("\n".join(source.lines))]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            start = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            span = LineSpan(start, node.end_lineno + 1)
            lines = source.lines[span.start - 1 : span.end - 1]
            yield RepairContext(path, node.name, span, lines)
        else:
            stack.extend(reversed(list(ast.iter_child_nodes(node))))
