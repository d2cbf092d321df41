"""A name that nobody binds: its first value is missing, or its import."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from repairlsp.generate.templates.families.wrong_variable import undefined
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import Example, in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import (
    first_statement,
    inserted_before,
    owns_lines,
    span,
)
from repairlsp.generate.templates.target import Target
from repairlsp.splice import SplicedLines
from repairlsp.types import LineSpan

_FIRST_VALUES = {"0": 1.0, "[]": 1.0, "{}": 0.5, "None": 0.7, "''": 0.4, "set()": 0.4, "1": 0.3}
_FROM = {
    "defaultdict": "collections", "Counter": "collections", "deque": "collections",
    "OrderedDict": "collections", "namedtuple": "collections", "Path": "pathlib",
    "datetime": "datetime", "timedelta": "datetime", "date": "datetime", "Decimal": "decimal",
    "partial": "functools", "wraps": "functools", "reduce": "functools", "lru_cache": "functools",
    "chain": "itertools", "islice": "itertools", "product": "itertools", "deepcopy": "copy",
    "dataclass": "dataclasses", "field": "dataclasses", "contextmanager": "contextlib",
    "suppress": "contextlib", "Enum": "enum", "StringIO": "io", "BytesIO": "io",
    "attrgetter": "operator", "itemgetter": "operator", "urlparse": "urllib.parse",
}  # fmt: skip


@template(
    "name-unbound",
    source="Pylint E0602 (undefined variable); NameError",
    examples=[
        in_function(
            "def count(xs):",
            "for x in xs:\n    n += x\nreturn n",
            "n = 0\nfor x in xs:\n    n += x\nreturn n",
        ),
        Example(
            '"""Doc."""\n\ndef root(x):\n    return math.sqrt(x)',
            '"""Doc."""\n\nimport math\n\n\ndef root(x):\n    return math.sqrt(x)',
        ),
        Example(
            "import os\n\ndef tally(xs):\n    return Counter(xs)",
            "from collections import Counter\nimport os\n\ndef tally(xs):\n    return Counter(xs)",
        ),
        Example(
            "def a(row):\n    size = row.get(1)\n    return size\n\n"
            "def b(row):\n    row.go()\n    return size",
            "def a(row):\n    size = row.get(1)\n    return size\n\n"
            "def b(row):\n    row.go()\n    size = row.get(1)\n    return size",
        ),
    ],
)
def name_unbound(target: Target) -> Iterator[Rewrite]:
    for function in target.functions:
        if target.function_of(function) is None:
            for name in undefined(target, function.body[0]):
                yield from _bound(target, function, name)


def _bound(target: Target, function: Function, name: str) -> Iterator[Rewrite]:
    use = _first_use(target, function, name)
    if line := _import_of(name):
        yield _imported(target, line, use)
    places = [first_statement(function), *_around(target, function, use)]
    values = dict(_FIRST_VALUES)
    for other in target.ingredients.by_role.get(("assigned", name), ()):
        if target.has(use, other.names):
            values[other.source] = values.get(other.source, 0.0) + 2.0
    for place in dict.fromkeys(places):
        if owns_lines(target, place):
            for value, weight in values.items():
                yield inserted_before(target, place, [f"{name} = {value}"], weight, site=use)


def _first_use(target: Target, function: Function, name: str) -> ast.AST:
    uses = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and node.id == name and node in target.parents
    ]
    return min(uses, key=lambda node: (node.lineno, node.col_offset), default=function)


def _around(target: Target, function: Function, use: ast.AST) -> Iterator[ast.stmt]:
    """The statements around the use, innermost first, within the function."""
    for outer in (use, *target.ancestors(use)):
        if outer is function:
            return
        if isinstance(outer, ast.stmt):
            yield outer


def _import_of(name: str) -> str | None:
    if name in _FROM:
        return f"from {_FROM[name]} import {name}"
    return f"import {name}" if name in sys.stdlib_module_names else None


def _imported(target: Target, line: str, use: ast.AST) -> Rewrite:
    """The import before the file's first, or before its first statement that is not its text."""
    body = target.module.body
    imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    if imports and getattr(imports[0], "module", "") == "__future__":
        imports = imports[1:]
    documented = isinstance(body[0], ast.Expr) and len(body) > 1
    behind = imports[0] if imports else body[1 if documented else 0]
    first, apart = span(behind).start, [] if imports else _blank_lines(behind)
    return Rewrite(use, SplicedLines(LineSpan(first, first), (line, *apart)), 4.0)


def _blank_lines(statement: ast.stmt) -> list[str]:
    """Those that PEP 8 has between imports and what comes next."""
    return ["", ""] if isinstance(statement, Function | ast.ClassDef) else [""]
