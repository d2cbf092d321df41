"""Parsing, kept: one file is asked for again for each of its suspicious functions."""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache

from repairlsp import syntax

Function = ast.FunctionDef | ast.AsyncFunctionDef
Located = ast.stmt | ast.excepthandler


@lru_cache(maxsize=8)
def parse(text: str) -> ast.Module:
    """The module's tree. Raises SyntaxError (also for what ast reports as ValueError)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return syntax.parse(text)
        except (ValueError, RecursionError, MemoryError) as error:
            raise SyntaxError(str(error)) from error


def compile_error(text: str) -> SyntaxError | None:
    """Why the text does not compile; None when it does. Warnings are not asked for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text, "<candidate>", "exec", dont_inherit=True)
        except SyntaxError as error:
            return error
        except (ValueError, RecursionError, MemoryError) as error:
            return SyntaxError(str(error))
    return None
