"""Bugs in constants: numbers, strings, booleans, None, defaults."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from random import Random

from repairlsp.splice import node_text, replace_node
from repairlsp.training.operators.registry import Function, Mutation, operator, spliced


def _expressions(function: Function) -> Iterator[ast.Constant]:
    """The body's constants that are not bare strings (docstrings)."""
    bare = {id(n.value) for n in function.nodes if isinstance(n, ast.Expr)}
    for node in function.nodes:
        if isinstance(node, ast.Constant) and id(node) not in bare:
            yield node


@operator("number")
def number(function: Function, rng: Random) -> Iterator[Mutation]:
    """Another number: one more, one less, its negative, 0, 1, ten times."""
    for node in _expressions(function):
        if type(node.value) in (int, float):
            value = node.value
            assert isinstance(value, int | float)
            options = {value + 1, value - 1, 0, 1, -1, 2, value * 10, -value} - {value}
            text = repr(rng.choice(sorted(options)))
            yield spliced(function, replace_node(node, text))


@operator("literal")
def literal(function: Function, rng: Random) -> Iterator[Mutation]:
    """`True` for `False`, `None` for a value, an empty container of another kind."""
    empty = ["[]", "{}", "()", "set()", "''", "0", "None"]
    for node in function.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield spliced(function, replace_node(node, str(not node.value)))
        elif isinstance(node, ast.Constant) and node.value is None:
            yield spliced(
                function, replace_node(node, rng.choice(("0", "''", "False", "[]", "True")))
            )
        elif isinstance(node, ast.List | ast.Dict | ast.Tuple) and isinstance(
            getattr(node, "ctx", ast.Load()), ast.Load
        ):
            text = node_text(node, function.lines)
            if text in empty:
                yield spliced(
                    function, replace_node(node, rng.choice([e for e in empty if e != text]))
                )


@operator("string")
def string(function: Function, rng: Random) -> Iterator[Mutation]:
    """Another string of the function, an empty one, or one with a character changed."""
    nodes = [node for node in _expressions(function) if isinstance(node.value, str)]
    texts = {node_text(node, function.lines) for node in nodes if node.lineno == node.end_lineno}
    for node in nodes:
        text = node_text(node, function.lines)
        if node.lineno != node.end_lineno or not 2 <= len(text) <= 24:
            continue
        if others := sorted(texts - {text}):
            yield spliced(function, replace_node(node, rng.choice(others)))
        if text in ("''", '""'):
            yield spliced(function, replace_node(node, text[0] + " " + text[0]))
        elif len(text) <= 5 and rng.random() < 0.5:
            yield spliced(function, replace_node(node, text[0] * 2))


@operator("default")
def default(function: Function, rng: Random) -> Iterator[Mutation]:
    """A parameter's default is wrong."""
    for node in (*function.tree.args.defaults, *function.tree.args.kw_defaults):
        if isinstance(node, ast.Constant):
            options = {"None", "False", "True", "0", "1", "''", "[]", "-1"}
            options.discard(node_text(node, function.lines))
            yield spliced(function, replace_node(node, rng.choice(sorted(options))))
