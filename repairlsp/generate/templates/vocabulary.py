"""What a module itself talks about: the functions it calls, the attributes and strings it uses."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Vocabulary:
    """Counts over one module.

    `calls`: functions called by their bare name with one argument. `methods`: methods called
    without arguments. `attributes`: attributes read or written. `strings`: short string constants.
    """

    calls: Mapping[str, int]
    methods: Mapping[str, int]
    attributes: Mapping[str, int]
    strings: Mapping[str, int]


@lru_cache(maxsize=8)
def vocabulary_of(module: ast.Module) -> Vocabulary:
    """The module's vocabulary."""
    calls: Counter[str] = Counter()
    methods: Counter[str] = Counter()
    attributes: Counter[str] = Counter()
    strings: Counter[str] = Counter()
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]):
                if not isinstance(argument, ast.Starred):
                    calls[name] += 1
            case ast.Call(func=ast.Attribute(attr=name), args=[], keywords=[]):
                methods[name] += 1
            case ast.Attribute(attr=name):
                attributes[name] += 1
            case ast.Constant(value=str(value)) if len(value) <= 40 and "\n" not in value:
                strings[value] += 1
    return Vocabulary(calls, methods, attributes, strings)
