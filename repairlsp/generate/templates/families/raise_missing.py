"""An input that should be refused, and is not: the test says which exception it misses."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.comparisons import comparisons
from repairlsp.generate.templates.kinds import Kind
from repairlsp.generate.templates.names import Name, parameters
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import Example, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import (
    first_statement,
    inserted_before,
    owns_lines,
    step,
)
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text

_TYPES: dict[Kind, str] = {
    "number": "(int, float)",
    "string": "str",
    "collection": "list",
    "callable": "object",
}


@template(
    "raise-missing",
    source="Pan, Kim and Whitehead 2009, addition of precondition check; TBar FP4",
    examples=[
        Example(
            "def pay(account, amount):\n    account.balance -= amount\n    return 'not raised'",
            "def pay(account, amount):\n    if account.balance < amount:\n"
            "        raise ValueError('amount is not valid')\n"
            "    account.balance -= amount\n    return 'not raised'",
        ),
        Example(
            "def root(x):\n    return abs(x) ** 0.5",
            "def root(x):\n    if x < 0:\n        raise ValueError('x is not valid')\n"
            "    return abs(x) ** 0.5",
        ),
    ],
)
def raise_missing(target: Target) -> Iterator[Rewrite]:
    exceptions = list(target.message.missed) or ["ValueError"]
    share = 1.0 if target.message.missed else 0.01
    for function in target.functions:
        first = first_statement(function)
        if not owns_lines(target, first):
            continue
        site = _site(target, function, first)
        for exception in exceptions:
            for test, subject, weight in _tests(target, function, first, exception):
                refusal = f"{step(target)}raise {exception}('{subject} is not valid')"
                new = [f"if {test}:", refusal]
                yield inserted_before(target, first, new, share * weight, site=site)


def _site(target: Target, function: Function, first: ast.stmt) -> ast.stmt:
    """The most suspicious statement: a missing guard at the top shows up in what it lets run."""
    inside = (node for node in ast.walk(function) if isinstance(node, ast.stmt))
    return max(inside, key=lambda node: target.marks.get(node, 0.0), default=first)


def _tests(
    target: Target, function: Function, first: ast.stmt, exception: str
) -> Iterator[tuple[str, str, float]]:
    """Conditions for a refusal, what each is about, and its weight."""
    names = target.names(first)
    given = [names.get(argument.arg) for argument in parameters(function.args)]
    own = [name for name in given if name is not None and name.id not in ("self", "cls")]
    for name in own:
        for test, weight in _about(name, exception):
            yield test, name.id, weight
    for taken in (node for node in ast.walk(function) if isinstance(node, ast.AugAssign)):
        if isinstance(taken.op, ast.Sub):
            rest, part = (node_text(side, target.lines) for side in (taken.target, taken.value))
            if "\n" not in rest + part:
                yield f"{rest} < {part}", part.rpartition(".")[2], 1.0
    for test, weight in comparisons(target, first):
        if any(name.id in test for name in own):
            yield test, test.split()[0].rpartition("(")[2].rstrip(")"), 0.3 * weight


def _about(name: Name, exception: str) -> Iterator[tuple[str, float]]:
    number = "number" in name.kinds or not name.kinds
    if number:
        yield f"{name.id} < 0", 1.0
        yield f"{name.id} <= 0", 1.0
        yield f"{name.id} == 0", 0.5
    if not number or not name.kinds:
        yield f"not {name.id}", 1.0
    yield f"{name.id} is None", 0.3
    if exception == "TypeError":
        for kind in name.kinds or _TYPES:
            if kind in _TYPES:
                yield f"not isinstance({name.id}, {_TYPES[kind]})", 1.0
