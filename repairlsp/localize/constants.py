"""Evidence against what runs on import, where no test's coverage shows it: constants, and the
functions that compute them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from repairlsp.localize.evidence import Evidence
from repairlsp.localize.modules import Modules
from repairlsp.localize.outline import Outline, Outlines
from repairlsp.localize.weights import Weights
from repairlsp.types import CoveredLine, LineSpan

STEPS = 3
"""From an accused line to a constant, from there to what its value is made of, and once more."""


def constant_evidence(
    found: Sequence[Evidence], outlines: Outlines, modules: Modules, weights: Weights
) -> Iterator[Evidence]:
    """Evidence against the assignments in module and class bodies that accused lines read, and
    against what those assignments read in turn."""
    accused: dict[CoveredLine, float] = {}
    for piece in found:
        line = CoveredLine(piece.path, piece.line)
        accused[line] = max(piece.strength, accused.get(line, 0.0))
    passed_on: dict[CoveredLine, float] = {}
    for _ in range(STEPS):
        inherited: dict[CoveredLine, float] = {}
        for reader, strength in accused.items():
            share = strength * weights.constant
            for line in read_at_import(reader, outlines, modules):
                if share > max(passed_on.get(line, 0.0), inherited.get(line, 0.0)):
                    inherited[line] = share
                    reason = f"constant read in {reader.path}:{reader.line}"
                    yield Evidence(line.path, line.line, "constant", share, reason)
        passed_on |= inherited
        accused = inherited


def read_at_import(
    reader: CoveredLine, outlines: Outlines, modules: Modules
) -> Iterator[CoveredLine]:
    """The lines that ran on import for the values that a line reads."""
    outline = outlines.get(reader.path)
    for node in outline.reads.get(reader.line, ()) if outline else ():
        for path, span in _definitions(node, reader, outline, outlines, modules):
            yield from (CoveredLine(path, line) for line in range(*span))


def _definitions(
    node: ast.AST,
    reader: CoveredLine,
    outline: Outline | None,
    outlines: Outlines,
    modules: Modules,
) -> Iterator[tuple[str, LineSpan]]:
    """Where the constant that an expression reads is assigned: here or in an imported module; and
    for an expression that itself runs on import, the body of the function that it names."""
    home: str | None = reader.path
    imports = outline.imports if outline else {}
    match node:
        case ast.Attribute(ast.Name(module), name) if module in imports:
            home = modules.resolve(reader.path, imports[module])
        case ast.Name(name) if name in imports:
            home = modules.resolve(reader.path, imports[name])
            name = imports[name].name
        case ast.Name(name, ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
            pass
        case _:
            return
    holder = outlines.get(home) if home else None
    for span in holder.constants.get(name, ()) if holder else ():
        yield home or reader.path, span
    if outline is not None and not outline.runs_in_call(reader.line):
        for function in holder.functions if holder else ():
            if function.name == name:
                yield home or reader.path, function.body
