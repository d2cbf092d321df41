"""Values that are written down in a program, and how much it tells that one of them is there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_EMPTY_CALLS = frozenset({"list", "dict", "set", "tuple", "str"})

# Where any program starts, stops or gives up: that a test holds one of them too means nothing.
_BARE = frozenset({"None", "True", "False", "0", "''", "[]", "{}"})
_SMALL = frozenset({"1", "-1", "2"})


def literal(node: ast.AST | None) -> str | None:
    """The value that the expression spells out, in one spelling; None when it has to be computed.

    Equal for `7` and `7.0`, for `(1, 2)` and `[1, 2]`; different for `1` and `True`. A collection
    is a literal when all that is in it is.
    """
    match node:
        case ast.Constant(value=bool() | None | str() | bytes() | complex() as value):
            return repr(value)
        case ast.Constant(value=int() | float() as value):
            return _number(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return _number(-value)
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            inside = [literal(part) for part in parts]
            if None in inside:
                return None
            return f"[{', '.join(map(str, inside))}]"
        case ast.Dict(keys=keys, values=values):
            pairs = [
                (literal(key), literal(value)) for key, value in zip(keys, values, strict=True)
            ]
            if any(None in pair for pair in pairs):
                return None
            return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        case ast.Call(func=ast.Name(id=name), args=[], keywords=[]) if name in _EMPTY_CALLS:
            return "''" if name == "str" else "{}" if name == "dict" else "[]"
        case _:
            return None


def _number(value: float) -> str:
    return str(int(value)) if value == value // 1 and abs(value) < 2**53 else repr(value)


def literals(tree: ast.AST) -> Iterator[str]:
    """The literals in a tree, those inside others too."""
    for node in ast.walk(tree):
        value = literal(node)
        if value is not None:
            yield value


def tells(value: str) -> bool:
    """Whether it is no accident when a test and a patch both hold the value.

    >>> tells("27"), tells("'city'"), tells("0"), tells("1"), tells("','")
    (True, True, False, False, False)
    """
    separator = len(value) == 3 and value[0] in "'\"" and not value[1].isalnum()
    return value not in _BARE and value not in _SMALL and not separator


def is_small(value: str) -> bool:
    """Whether it is a number next to nothing, which any program may compare with."""
    return value in _SMALL


def is_number(value: str) -> bool:
    return value.lstrip("-")[:1].isdigit()
