"""What a fix is most often made of: the expressions and statements that the module already has.

More than 40 % of what commits add is in the file before (Barr et al., "The Plastic Surgery
Hypothesis", FSE 2014), mostly nearby (Martinez et al., ICSE 2014).
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.precedence import Precedence, precedence
from repairlsp.generate.templates.roles import Role, last_name, role
from repairlsp.splice import node_text

MAX_CHARACTERS = 60
"""Longer ones are seldom wanted twice."""


class Home(NamedTuple):
    """The function and the class that code stands in; None outside of any."""

    function: Function | None
    owner: ast.ClassDef | None


class Ingredient(NamedTuple):
    """An expression on one line. `names` are those it reads, but not the ones it binds itself."""

    node: ast.expr
    source: str
    level: Precedence
    names: frozenset[str]
    home: Home
    line: int


class Argument(NamedTuple):
    """What one call in the module passes: by position, or by keyword (`keyword` not None)."""

    position: int
    keyword: str | None
    source: str
    names: frozenset[str]
    home: Home


class Passed(NamedTuple):
    """All that one call passes."""

    arguments: tuple[Argument, ...]
    line: int


@dataclass(frozen=True)
class Ingredients:
    """A module's expressions, by role; its calls, by the function's last name."""

    by_role: Mapping[Role, Sequence[Ingredient]]
    by_home: Mapping[Function | None, Sequence[Ingredient]]
    calls: Mapping[str, Sequence[Passed]]
    calls_on: Mapping[str, Sequence[Ingredient]]
    """Calls by the text of what they are made on, or of one of their arguments."""


@lru_cache(maxsize=4)
def ingredients_of(module: ast.Module, lines: tuple[str, ...]) -> Ingredients:
    """The module's ingredients. `lines` is its text."""
    by_role: defaultdict[Role, list[Ingredient]] = defaultdict(list)
    by_home: defaultdict[Function | None, list[Ingredient]] = defaultdict(list)
    calls: defaultdict[str, list[Passed]] = defaultdict(list)
    calls_on: defaultdict[str, list[Ingredient]] = defaultdict(list)
    for node, parent, home in _expressions(module):
        if isinstance(node, ast.Call) and (passed := _passed(node, home, lines)):
            calls[last_name(node.func)].append(passed)
        found = _ingredient(node, home, lines)
        if found is None:
            continue
        if place := role(node, parent):
            by_role[place].append(found)
            by_home[home.function].append(found)
        if isinstance(node, ast.Call):
            on = [node.func.value] if isinstance(node.func, ast.Attribute) else []
            for part in {node_text(part, lines) for part in (*on, *node.args)}:
                calls_on[part].append(found)
    return Ingredients(by_role, by_home, calls, calls_on)


def _ingredient(node: ast.expr, home: Home, lines: Sequence[str]) -> Ingredient | None:
    if node.lineno != node.end_lineno or isinstance(node, ast.Starred):
        return None
    source = node_text(node, lines)
    if len(source) > MAX_CHARACTERS:
        return None
    return Ingredient(node, source, precedence(node), names_read([node]), home, node.lineno)


def names_read(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """The names that code reads and does not bind."""
    read: set[str] = set()
    bound: set[str] = set()
    for root in nodes:
        for node in ast.walk(root):
            if isinstance(node, ast.Name):
                (read if isinstance(node.ctx, ast.Load) else bound).add(node.id)
            elif isinstance(node, ast.arg):
                bound.add(node.arg)
    return frozenset(read - bound)


def _passed(call: ast.Call, home: Home, lines: Sequence[str]) -> Passed | None:
    found = []
    for at, value in enumerate((*call.args, *(keyword.value for keyword in call.keywords))):
        if value.lineno != value.end_lineno:
            return None
        keyword = call.keywords[at - len(call.args)].arg if at >= len(call.args) else None
        double = at >= len(call.args) and keyword is None
        source = ("**" if double else "") + node_text(value, lines)
        if len(source) > MAX_CHARACTERS:
            return None
        found.append(Argument(at, keyword, source, names_read([value]), home))
    return Passed(tuple(found), call.lineno)


_LEFT_OUT = frozenset(
    ("annotation", "returns", "decorator_list", "ctx", "type_params", "type_comment")
)


def _expressions(module: ast.Module) -> Iterator[tuple[ast.expr, ast.AST, Home]]:
    """Every expression that is read, with its parent, less what f-strings and annotations hold."""
    stack: list[tuple[ast.AST, ast.AST, Home]] = [(module, module, Home(None, None))]
    while stack:
        node, parent, home = stack.pop()
        if isinstance(node, ast.expr) and not isinstance(getattr(node, "ctx", None), ast.Store):
            yield node, parent, home
        if isinstance(node, ast.JoinedStr):
            continue
        if isinstance(node, Function):
            home = home._replace(function=node)
        elif isinstance(node, ast.ClassDef):
            home = Home(None, node)
        for name, value in ast.iter_fields(node):
            if name not in _LEFT_OUT:
                children = value if isinstance(value, list) else (value,)
                stack.extend((each, node, home) for each in children if isinstance(each, ast.AST))
