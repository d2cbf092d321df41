"""Which expressions inside f-strings stand where `ast` says.

Before Python 3.12 the parser looks an f-string's expressions up in the literal's text and can land
on another occurrence, or in another literal of an implicit concatenation. An expression is trusted
only when the text at its position follows a brace and parses to the same tree.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence

from repairlsp.splice import node_text
from repairlsp.syntax import parse_expression


def trusted(value: ast.FormattedValue, lines: Sequence[str]) -> bool:
    """Whether the replacement field's expression, and so its parts, can be rewritten in place."""
    if sys.version_info >= (3, 12):
        return True
    node = value.value
    if node.end_lineno != node.lineno or node.lineno > len(lines):
        return False
    before = (
        lines[node.lineno - 1].encode()[: node.col_offset].decode(errors="replace").rstrip(" (")
    )
    if not before.endswith("{") or before.endswith("{{"):
        return False
    try:
        found = parse_expression(node_text(node, lines)).body
    except (SyntaxError, ValueError):
        return False
    return ast.dump(found) == ast.dump(node)
