"""Evidence against constants: they run on import, so no test's coverage shows them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from repairlsp.localize.evidence import Evidence
from repairlsp.localize.modules import Modules
from repairlsp.localize.outline import Outlines

_SHARE = 0.4
"""What a constant inherits of the suspiciousness of the most suspicious line that reads it."""


def constant_evidence(
    found: Sequence[Evidence], outlines: Outlines, modules: Modules
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
        for node in ast.walk(outline.tree):
            name = _read_name(node)
            strength = lines.get(getattr(node, "lineno", 0), 0.0) if name else 0.0
            if not name or not strength:
                continue
            home, holder = path, outline
            if name in outline.imports and name not in outline.constants:
                home = modules.resolve(path, outline.imports[name]) or path
                holder = outlines.get(home) or outline
            for span in holder.constants.get(name, ()):
                for line in range(*span):
                    reason = f"constant read in {path}:{getattr(node, 'lineno', 0)}"
                    yield Evidence(home, line, "constant", strength * _SHARE, reason)


def _read_name(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        return node.attr
    return None
