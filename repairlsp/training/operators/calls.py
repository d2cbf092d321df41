"""Bugs in calls: arguments swapped, dropped or wrong; a call too many or too few."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from random import Random

from repairlsp.splice import node_text, replace_node
from repairlsp.training.operators.registry import Function, Mutation, operator, spliced


def _calls(function: Function) -> Iterator[ast.Call]:
    for node in function.nodes:
        if isinstance(node, ast.Call) and node.lineno == node.end_lineno:
            yield node


def _call_text(function: Function, call: ast.Call, arguments: list[ast.expr | ast.keyword]) -> str:
    inside = ", ".join(node_text(argument, function.lines) for argument in arguments)
    return f"{node_text(call.func, function.lines)}({inside})"


@operator("arguments-swapped")
def arguments_swapped(function: Function, rng: Random) -> Iterator[Mutation]:
    """Two neighbouring positional arguments change places."""
    for call in _calls(function):
        if len(call.args) >= 2:
            at = rng.randrange(len(call.args) - 1)
            first, second = call.args[at : at + 2]
            texts = node_text(first, function.lines), node_text(second, function.lines)
            starred = isinstance(first, ast.Starred) or isinstance(second, ast.Starred)
            if not starred and texts[0] != texts[1]:
                yield spliced(
                    function, replace_node(first, texts[1]), replace_node(second, texts[0])
                )


@operator("argument-dropped")
def argument_dropped(function: Function, rng: Random) -> Iterator[Mutation]:
    """An argument is missing."""
    for call in _calls(function):
        arguments: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
        lone_generator = len(arguments) == 1 and isinstance(arguments[0], ast.GeneratorExp)
        if arguments and not lone_generator:
            arguments.pop(rng.randrange(len(arguments)))
            yield spliced(function, replace_node(call, _call_text(function, call, arguments)))


@operator("call-dropped")
def call_dropped(function: Function, rng: Random) -> Iterator[Mutation]:
    """`f(x)` becomes `x`, `x.strip()` becomes `x`: a conversion or copy is missing."""
    for call in _calls(function):
        if isinstance(call.func, ast.Name) and len(call.args) >= 1 and not call.keywords:
            if not isinstance(call.args[0], ast.Starred | ast.GeneratorExp):
                text = node_text(call.args[0], function.lines)
                yield spliced(function, replace_node(call, text))
        elif isinstance(call.func, ast.Attribute):
            text = node_text(call.func.value, function.lines)
            yield spliced(function, replace_node(call, text))
            if not call.args and not call.keywords:
                text = node_text(call.func, function.lines)
                yield spliced(function, replace_node(call, text))


_WRAPPERS = ("len", "list", "str", "int", "sorted", "abs", "set", "tuple", "bool", "reversed")


@operator("call-added")
def call_added(function: Function, rng: Random) -> Iterator[Mutation]:
    """A call that does not belong there wraps a value."""
    for node in function.nodes:
        if isinstance(node, ast.Return | ast.Assign) and isinstance(
            node.value, ast.Name | ast.Call
        ):
            text = node_text(node.value, function.lines)
            if "\n" not in text:
                wrapped = f"{rng.choice(_WRAPPERS)}({text})"
                yield spliced(function, replace_node(node.value, wrapped))


@operator("await-dropped")
def await_dropped(function: Function, rng: Random) -> Iterator[Mutation]:
    """`await` or `yield from` is missing or weaker."""
    for node in function.nodes:
        if isinstance(node, ast.Await):
            yield spliced(function, replace_node(node, node_text(node.value, function.lines)))
        elif isinstance(node, ast.YieldFrom):
            yield spliced(
                function, replace_node(node, f"yield {node_text(node.value, function.lines)}")
            )
