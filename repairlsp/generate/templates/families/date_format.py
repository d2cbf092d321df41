"""A wrong directive in the format of a date or a time: `%M` for `%m`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.roles import last_name
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text, replace_node

_DIRECTIVE = re.compile(r"%([a-zA-Z])")
_CONFUSED = ("m M b B", "d D j e", "H I", "Y y G", "S s f", "W V U", "p P", "a A w u", "Z z")
"""Directives of which one is written for another."""


@template(
    "date-format",
    source="Python time.strftime; ruff DTZ; TBar FP9 (mutate literal)",
    examples=[
        in_function(
            "def day(at):", "return at.strftime('%Y-%M-%d')", "return at.strftime('%Y-%m-%d')"
        ),
        in_function(
            "def week(at):", "return at.strftime('%Y-W%V')", "return at.strftime('%G-W%V')"
        ),
        in_function("def clock(at):", "return f'{at:%I:%M}'", "return f'{at:%H:%M}'"),
    ],
)
def date_format(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Constant, ast.JoinedStr):
        if isinstance(node, ast.Constant) and not _of_a_date(target, node):
            continue
        if node.lineno == node.end_lineno:
            literal = node_text(node, target.lines)
            if isinstance(node, ast.JoinedStr) and not re.search(r":[^{}]*%[a-zA-Z]", literal):
                continue
            for changed in _changed(literal):
                yield Rewrite(node, (replace_node(node, changed),))


def _of_a_date(target: Target, node: ast.Constant) -> bool:
    call = target.parent(node)
    if not isinstance(node.value, str) or "%" not in node.value:
        return False
    return isinstance(call, ast.Call) and last_name(call.func) in ("strftime", "strptime")


def _changed(literal: str) -> Iterator[str]:
    for found in _DIRECTIVE.finditer(literal):
        for group in _CONFUSED:
            if found[1] in group.split():
                for other in group.split():
                    if other != found[1]:
                        yield literal[: found.start(1)] + other + literal[found.end(1) :]
