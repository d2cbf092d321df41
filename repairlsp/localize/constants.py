"""Evidence against constants: they run on import, so no test's coverage shows them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from repairlsp.localize.evidence import Evidence
from repairlsp.localize.modules import Modules
from repairlsp.localize.outline import Outline, Outlines
from repairlsp.localize.weights import Weights
from repairlsp.types import LineSpan


def constant_evidence(
    found: Sequence[Evidence], outlines: Outlines, modules: Modules, weights: Weights
) -> Iterator[Evidence]:
    """Evidence against the assignments in module and class bodies that accused lines read."""
    accused: dict[str, dict[int, float]] = {}
    for piece in found:
        lines = accused.setdefault(piece.path, {})
        lines[piece.line] = max(piece.strength, lines.get(piece.line, 0.0))
    for path, lines in accused.items():
        outline = outlines.get(path)
        if outline is None or outline.tree is None:
            continue
        for line, strength in lines.items():
            for node in outline.reads.get(line, ()):
                for home, span in _assignments(node, path, outline, outlines, modules):
                    reason = f"constant read in {path}:{line}"
                    for number in range(*span):
                        share = strength * weights.constant
                        yield Evidence(home, number, "constant", share, reason)


def _assignments(
    node: ast.AST, path: str, outline: Outline, outlines: Outlines, modules: Modules
) -> Iterator[tuple[str, LineSpan]]:
    """Where the constant that an expression reads is assigned: here or in an imported module."""
    home: str | None = path
    match node:
        case ast.Attribute(ast.Name(module), name) if module in outline.imports:
            home = modules.resolve(path, outline.imports[module])
        case ast.Name(name) if name in outline.imports:
            home = modules.resolve(path, outline.imports[name])
            name = outline.imports[name].name
        case ast.Name(name, ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
            pass
        case _:
            return
    holder = outlines.get(home) if home else None
    for span in holder.constants.get(name, ()) if holder else ():
        yield home or path, span
