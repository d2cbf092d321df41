"""A value in an f-string that is formatted otherwise than it should be: `{minutes:02d}`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice

_USUAL = {":02d": 0.4, ":.2f": 0.4, ":.1f": 0.2, ":,": 0.1, ":03d": 0.05, ":.0f": 0.1, ":.0%": 0.05}
"""Specifications that many programs have, with how often one of them is missing, by judgement."""


@template(
    "format-spec",
    source="PySStuBs Change String Literal, for the specifications of replacement fields",
    examples=[
        in_function(
            "def clock(h, m, s):",
            'return f"{h}:{m}:{s:02d}"',
            'return f"{h}:{m:02d}:{s:02d}"',
        ),
        in_function("def price(x):", 'return f"{x} EUR"', 'return f"{x:.2f} EUR"'),
        in_function("def price(x):", 'return f"{x:.1f} EUR"', 'return f"{x:.2f} EUR"'),
    ],
)
def format_spec(target: Target) -> Iterator[Rewrite]:
    known = dict(_USUAL)
    for node in ast.walk(target.module):
        if isinstance(node, ast.FormattedValue) and (spec := _spec(node)):
            known[spec] = 1.0
    for field in target.select(ast.FormattedValue):
        own = _spec(field)
        if own is None:
            continue
        line, column = field.value.end_lineno, field.value.end_col_offset
        assert line is not None and column is not None
        behind = target.lines[line - 1].encode()[column:].decode(errors="replace")
        if behind.startswith(own + "}"):
            end = column + len(own.encode())
            for spec, weight in known.items():
                if spec != own:
                    change = Splice(line, column, line, end, spec)
                    yield Rewrite(field, (change,), weight * (0.5 if own else 1.0))


def _spec(field: ast.FormattedValue) -> str | None:
    """The specification with its colon, empty without one; None for what is not plain."""
    if field.conversion != -1:
        return None
    match field.format_spec:
        case None:
            return ""
        case ast.JoinedStr(values=[ast.Constant(value=str(spec))]):
            return f":{spec}"
        case _:
            return None
