"""What a module itself talks about: the functions it calls, the attributes and strings it uses."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from repairlsp.generate.templates.roles import last_name


@dataclass(frozen=True)
class Vocabulary:
    """Counts over one module.

    `calls`: functions called by their bare name with one argument. `methods`: methods called
    without arguments. `attributes`: attributes read or written. `strings`: short string constants.
    `numbers`: numbers, as written. `attributes_of`: the attributes of what ends in a name (of `b`
    and of `a.b`), and whether each is mostly called.
    """

    calls: Mapping[str, int]
    methods: Mapping[str, int]
    attributes: Mapping[str, int]
    strings: Mapping[str, int]
    numbers: Mapping[str, int]
    attributes_of: Mapping[str, Mapping[str, bool]]


@lru_cache(maxsize=8)
def vocabulary_of(module: ast.Module) -> Vocabulary:
    """The module's vocabulary."""
    calls: Counter[str] = Counter()
    methods: Counter[str] = Counter()
    attributes: Counter[str] = Counter()
    strings: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    called = {id(node.func) for node in ast.walk(module) if isinstance(node, ast.Call)}
    attributes_of: dict[str, Counter[tuple[str, bool]]] = {}
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]):
                if not isinstance(argument, ast.Starred):
                    calls[name] += 1
            case ast.Call(func=ast.Attribute(attr=name), args=[], keywords=[]):
                methods[name] += 1
            case ast.Attribute(attr=name):
                attributes[name] += 1
                uses = attributes_of.setdefault(last_name(node.value), Counter())
                uses[name, id(node) in called] += 1
            case ast.Constant(value=str(value)) if len(value) <= 40 and "\n" not in value:
                strings[value] += 1
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                numbers[repr(number)] += 1
    by_owner = {
        owner: {name: is_called for (name, is_called), _ in reversed(uses.most_common())}
        for owner, uses in attributes_of.items()
        if owner
    }
    return Vocabulary(calls, methods, attributes, strings, numbers, by_owner)
