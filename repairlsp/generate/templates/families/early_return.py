"""A missing guard: leave early for an empty, absent or smallest input; skip a bad element."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.conditions import used_variables
from repairlsp.generate.templates.names import Name, parameters
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import (
    enclosing_loop,
    first_statement,
    inserted_after,
    inserted_before,
    owns_lines,
    step,
)
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text


@template(
    "early-return",
    source="TBar FP2.2-2.5 / PAR Null Pointer Checker (return, continue); missing base case",
    examples=[
        in_function(
            "def mean(xs):",
            '"""Average."""\nreturn sum(xs) / len(xs)',
            '"""Average."""\nif not xs:\n    return 0\nreturn sum(xs) / len(xs)',
        ),
        in_function(
            "def fact(n):",
            "return n * fact(n - 1)",
            "if n <= 1:\n    return 1\nreturn n * fact(n - 1)",
        ),
        in_function(
            "def depth(tree):",
            "return 1 + depth(tree.child)",
            "if tree is None:\n    return 0\nreturn 1 + depth(tree.child)",
        ),
        in_function(
            "def name(users, key):",
            "user = users.find(key)\nreturn user.name",
            "user = users.find(key)\nif user is None:\n    return\nreturn user.name",
        ),
        in_function(
            "def closed(signs):",
            "depth = 0\nfor sign in signs:\n    depth -= sign\nreturn depth == 0",
            "depth = 0\nfor sign in signs:\n    depth -= sign\n    if depth < 0:\n"
            "        return False\nreturn depth == 0",
        ),
        in_function(
            "def total(orders):",
            "out = 0\nfor order in orders:\n    out += order.price\nreturn out",
            "out = 0\nfor order in orders:\n    if order is None:\n        continue\n"
            "    out += order.price\nreturn out",
        ),
    ],
)
def early_return(target: Target) -> Iterator[Rewrite]:
    for function in target.functions:
        first = first_statement(function)
        if owns_lines(target, first) and (site := _most_suspicious(target, function)):
            for test, value, weight in _entry_guards(target, function):
                guard = [f"if {test}:", f"{step(target)}return {value}".rstrip()]
                yield inserted_before(target, first, guard, weight, site=site)
        yield from _guards_within(target, function)
        yield from _guards_behind(target, function)
    for statement in target.select(ast.Assign, ast.AugAssign, ast.Expr, ast.If):
        loop = enclosing_loop(target, statement)
        if loop and owns_lines(target, statement):
            for name in used_variables(target, statement)[:4]:
                for test, weight in ((f"{name.id} is None", 0.4), (f"not {name.id}", 0.4)):
                    for leave in ("continue", "break"):
                        guard = [f"if {test}:", f"{step(target)}{leave}"]
                        yield inserted_before(target, statement, guard, weight / 4)


def _guards_within(target: Target, function: Function) -> Iterator[Rewrite]:
    """A result that may be missing or empty is looked at before it is used."""
    values = dict.fromkeys([*_returned(target, function), "None"])
    for statement in function.body[1:]:
        if not owns_lines(target, statement) or target.suspiciousness(statement) <= 0:
            continue
        local = [name for name in used_variables(target, statement) if name.origin == "local"]
        for name in local[:3]:
            for test in (f"not {name.id}", f"{name.id} is None"):
                for value in values:
                    leave = "return" if value == "None" else f"return {value}"
                    guard = [f"if {test}:", f"{step(target)}{leave}"]
                    yield inserted_before(target, statement, guard, 0.1)


def _guards_behind(target: Target, function: Function) -> Iterator[Rewrite]:
    """A number that a loop changes is looked at when it has changed."""
    returned = dict.fromkeys([*_returned(target, function), "False", "True", "None"])
    leaves = [*(f"return {value}" for value in returned), "break"]
    for changed in target.select(ast.AugAssign):
        if not isinstance(changed.target, ast.Name) or not owns_lines(target, changed):
            continue
        if enclosing_loop(target, changed) is None:
            continue
        name = changed.target.id
        below = isinstance(changed.op, ast.Sub | ast.Div | ast.FloorDiv)
        for sign in ("< 0", "== 0", "<= 0") if below else ("> 1", "== 1"):
            for leave in leaves:
                guard = [f"if {name} {sign}:", f"{step(target)}{leave}"]
                yield inserted_after(target, changed, guard, 0.1)


def _most_suspicious(target: Target, function: Function) -> ast.stmt | None:
    """The statement that a missing guard at the top shows up in."""
    inside = (node for node in ast.walk(function) if isinstance(node, ast.stmt))
    marked = [node for node in inside if target.marks.get(node, 0) > 0]
    return max(marked, key=lambda node: target.marks[node], default=None)


def _entry_guards(target: Target, function: Function) -> Iterator[tuple[str, str, float]]:
    names = target.names(function.body[0])
    returned = _returned(target, function)
    for argument in parameters(function.args):
        name = names.get(argument.arg)
        if name is None or argument.arg in ("self", "cls"):
            continue
        recursive = any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == function.name
            for node in ast.walk(function)
        )
        for test, weight in _tests(name, recursive):
            values = dict.fromkeys(("None", "0", "[]", "False", "''", "True", "1", "{}"), 1.0)
            values[argument.arg] = 1.5
            values |= dict.fromkeys(returned, 2.0)
            for value, share in values.items():
                yield test, value, weight * share


def _tests(name: Name, recursive: bool) -> Iterator[tuple[str, float]]:
    id_ = name.id
    if "number" in name.kinds:
        base = 1.0 if recursive else 0.3
        yield f"{id_} == 0", base
        yield f"{id_} <= 0", base
        yield f"{id_} <= 1", base
        yield f"{id_} == 1", base / 2
        yield f"{id_} < 0", base / 2
    if name.kinds != {"number"}:
        yield f"not {id_}", 0.8
        yield f"{id_} is None", 0.8
        if "collection" in name.kinds or "string" in name.kinds:
            yield f"len({id_}) <= 1", 0.5
            yield f"len({id_}) == 1", 0.2


def _returned(target: Target, function: Function) -> list[str]:
    """Constants and parameters that the function returns elsewhere."""
    names = {argument.arg for argument in parameters(function.args)}
    found = []
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value is not None:
            simple = isinstance(node.value, ast.Constant) or (
                isinstance(node.value, ast.Name) and node.value.id in names
            )
            if simple:
                found.append(node_text(node.value, target.lines))
    return found
