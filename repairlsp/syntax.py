"""`ast.parse` for a program with threads.

Python 3.11 counts the depth of the tree that it builds in one place for all threads. Building may
run other code (a finalizer, when garbage is collected), and so give way to another thread. Where
that one parses too, the first raises SystemError, "AST constructor recursion depth mismatch"
(https://github.com/python/cpython/issues/106905). Three repairs in a hundred ended that way.
"""

from __future__ import annotations

import ast
import threading

_TURN = threading.RLock()


def parse(text: str) -> ast.Module:
    """The module's tree. Raises what `ast.parse` does for a text that is none."""
    with _TURN:
        return ast.parse(text)


def parse_expression(text: str) -> ast.Expression:
    """An expression's tree. Raises likewise."""
    with _TURN:
        return ast.parse(text, mode="eval")
