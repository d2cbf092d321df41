"""Definitions by indentation alone, for files whose syntax error hides them from the parser.

One unclosed bracket makes a grammar see the next function as part of the expression, and a missing
colon makes it see none. Whoever wrote the code indented it all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from repairlsp.context.definition import Definition
from repairlsp.types import LineSpan

_HEADER = re.compile(r"[ \t]*(?:async\s+)?(def|class)\s+(\w+)")
_CLOSING = (")", "]", "}")


def definitions_by_layout(lines: Sequence[str]) -> tuple[Definition, ...]:
    """Functions and classes: each ends before the next line that is not indented deeper."""
    found = []
    for number, line in enumerate(lines, 1):
        header = _HEADER.match(line)
        if header:
            kind = "function" if header[1] == "def" else "class"
            span = LineSpan(_first_decorator(lines, number), _end(lines, number))
            found.append(Definition(kind, header[2], span, broken=True))
    return tuple(sorted(found, key=Definition.order))


def _first_decorator(lines: Sequence[str], header: int) -> int:
    depth = _depth(lines[header - 1])
    start = header
    while start > 1:
        above = lines[start - 2]
        if not above.lstrip().startswith("@") or _depth(above) != depth:
            break
        start -= 1
    return start


def _end(lines: Sequence[str], header: int) -> int:
    depth = _depth(lines[header - 1])
    end = header + 1
    for number in range(header + 1, len(lines) + 1):
        code = lines[number - 1].lstrip()
        if not code:
            continue
        # The `):` that closes a long parameter list stands at the header's own depth.
        if _depth(lines[number - 1]) <= depth and not code.startswith(_CLOSING):
            break
        end = number + 1
    return end


def _depth(line: str) -> int:
    expanded = line.expandtabs(8)
    return len(expanded) - len(expanded.lstrip())
