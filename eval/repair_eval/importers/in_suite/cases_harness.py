"""Compares what a program returns with what a case of the benchmark expects.

This file is copied into imported suites and runs there, beside the tests.
"""

from __future__ import annotations

import ast
import importlib
import io
import json
import math
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from typing import Any


def call(module: str, name: str, arguments: str) -> Any:
    """`module.name(*arguments)`; `arguments` are JSON."""
    return getattr(importlib.import_module(module), name)(*json.loads(arguments))


def evaluate(module: str, expression: str) -> str:
    """What an expression over a module's names prints, then its value where there is one."""
    names = dict(vars(importlib.import_module(module)))
    value = None
    with redirect_stdout(io.StringIO()) as printed:
        try:
            code = compile(expression, "<case>", "eval")
        except SyntaxError:
            exec(expression, names)
        else:
            value = eval(code, names)
    output = printed.getvalue()
    return output if value is None and output else f"{output}{value!r}"


def check(found: Any, expected: Any) -> None:
    """Equal, up to what JSON cannot tell apart and the last digits of floats."""
    found, expected = plain(found), plain(expected)
    assert same(found, expected), f"got {found!r}, not {expected!r}"


def check_text(found: str, expected: str) -> None:
    """The same value where both texts are literals, else the same text."""
    try:
        check(ast.literal_eval(found.strip()), ast.literal_eval(expected.strip()))
    except (ValueError, SyntaxError):
        assert found.strip() == expected.strip()


def plain(value: Any) -> Any:
    """Tuples, sets and iterators as lists, keys as texts."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(map(plain, value), key=repr)
    if isinstance(value, list | tuple | range | Iterator):
        return [plain(item) for item in value]
    return value


def same(a: Any, b: Any) -> bool:
    """Equal values of what `plain` gives; True is not 1."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, bool) != isinstance(b, bool):
        return False
    if isinstance(a, float) or isinstance(b, float):
        numbers = isinstance(a, int | float) and isinstance(b, int | float)
        return a == b or (numbers and math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9))
    return bool(a == b)
