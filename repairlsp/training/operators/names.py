"""Bugs in names: the wrong variable, the wrong attribute, a misspelt or undefined name."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from repairlsp.splice import Splice, replace_node
from repairlsp.training.operators.registry import Function, Mutation, operator, spliced


def _loads(function: Function) -> Iterator[ast.Name]:
    for node in function.nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node


@operator("wrong-name")
def wrong_name(function: Function, rng: Random) -> Iterator[Mutation]:
    """Another variable of the function, likelier the more alike it is spelt."""
    for node in _loads(function):
        others = [name for name in function.names if name != node.id]
        if node.id in function.names and others:
            alike = difflib.get_close_matches(node.id, others, n=1, cutoff=0.5)
            other = alike[0] if alike and rng.random() < 0.5 else rng.choice(others)
            yield spliced(function, replace_node(node, other))


@operator("wrong-target")
def wrong_target(function: Function, rng: Random) -> Iterator[Mutation]:
    """A value is assigned to another variable of the function."""
    for node in function.nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            others = [name for name in function.names if name != node.id]
            if others:
                yield spliced(function, replace_node(node, rng.choice(others)))


def _attribute_name(node: ast.Attribute) -> Splice | None:
    assert node.end_lineno is not None and node.end_col_offset is not None
    start = node.end_col_offset - len(node.attr.encode())
    return Splice(node.end_lineno, start, node.end_lineno, node.end_col_offset, "")


@operator("wrong-attribute")
def wrong_attribute(function: Function, rng: Random) -> Iterator[Mutation]:
    """Another attribute that the function uses, or the bare name for `self.name`."""
    nodes = [node for node in function.nodes if isinstance(node, ast.Attribute)]
    by_owner: dict[str, set[str]] = {}
    for node in nodes:
        by_owner.setdefault(ast.unparse(node.value), set()).add(node.attr)
    for node in nodes:
        owner = ast.unparse(node.value)
        others = sorted(by_owner[owner] - {node.attr})
        place = _attribute_name(node)
        if others and place:
            yield spliced(function, place._replace(text=rng.choice(others)))
        if owner == "self" and node.attr.lstrip("_") in function.names:
            yield spliced(function, replace_node(node, node.attr.lstrip("_")))


_CONFUSED_METHODS = (
    ("append", "extend", "add", "insert"),
    ("keys", "values", "items"),
    ("find", "index", "rfind"),
    ("startswith", "endswith"),
    ("lower", "upper", "title", "casefold"),
    ("strip", "lstrip", "rstrip"),
    ("split", "rsplit", "splitlines"),
    ("partition", "rpartition"),
    ("get", "pop", "setdefault"),
    ("pop", "popleft", "remove"),
    ("add", "update", "discard"),
    ("appendleft", "append"),
    ("encode", "decode"),
    ("read", "readline", "readlines"),
    ("union", "intersection", "difference"),
    ("isdigit", "isalpha", "isalnum", "isspace"),
    ("match", "search", "fullmatch"),
    ("floor", "ceil", "round"),
    ("join", "split"),
    ("days", "seconds"),
    ("dumps", "dump", "loads"),
)
_CONFUSED_FUNCTIONS = (
    ("min", "max"),
    ("any", "all"),
    ("sorted", "reversed", "list"),
    ("isinstance", "issubclass"),
    ("getattr", "hasattr"),
    ("list", "set", "tuple"),
    ("str", "repr", "int"),
    ("int", "float", "round"),
    ("len", "sum"),
    ("zip", "enumerate"),
    ("map", "filter"),
    ("ord", "chr"),
)


def _confused(name: str, groups: tuple[tuple[str, ...], ...], rng: Random) -> str | None:
    others = sorted({other for group in groups if name in group for other in group} - {name})
    return rng.choice(others) if others else None


@operator("wrong-function")
def wrong_function(function: Function, rng: Random) -> Iterator[Mutation]:
    """A built-in or method that is easily mistaken for the right one."""
    for node in function.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if other := _confused(node.func.id, _CONFUSED_FUNCTIONS, rng):
                yield spliced(function, replace_node(node.func, other))
        elif isinstance(node, ast.Attribute):
            place, other = _attribute_name(node), _confused(node.attr, _CONFUSED_METHODS, rng)
            if place and other:
                yield spliced(function, place._replace(text=other))


def misspell(name: str, rng: Random) -> str:
    """A slip of the fingers: two letters swapped, one lost, doubled, or a plural."""
    at = rng.randrange(len(name))
    slips = [
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:],
        name + "s" if not name.endswith("s") else name[:-1],
        name[: max(at - 1, 0)] + name[at : at + 1] + name[max(at - 1, 0) : at] + name[at + 1 :],
        name.replace("_", "") if "_" in name else name.capitalize(),
    ]
    slips = [slip for slip in slips if slip != name and slip.isidentifier()]
    return rng.choice(slips) if slips else name + "_"


_UNDEFINED = (
    "NameError: name '{}' is not defined",
    "Undefined name `{}`",
    "undefined name '{}'",
    '"{}" is not defined',
)
_NO_ATTRIBUTE = (
    "AttributeError: '{1}' object has no attribute '{0}'",
    'Cannot access attribute "{0}" for class "{1}"',
    '"{1}" has no attribute "{0}"',
)
_CLASSES = (
    "Node",
    "Config",
    "list",
    "str",
    "dict",
    "NoneType",
    "Parser",
    "Response",
    "int",
    "Item",
)


@operator("undefined-name", described=True)
def undefined_name(function: Function, rng: Random) -> Iterator[Mutation]:
    """A misspelt name, with what the interpreter or a linter says of it."""
    for node in _loads(function):
        if len(node.id) > 2:
            wrong = misspell(node.id, rng)
            message = rng.choice(_UNDEFINED).format(wrong)
            yield replace(spliced(function, replace_node(node, wrong)), message=message)


@operator("undefined-attribute", described=True)
def undefined_attribute(function: Function, rng: Random) -> Iterator[Mutation]:
    """A misspelt attribute, with what the interpreter or a type checker says of it."""
    for node in function.nodes:
        if isinstance(node, ast.Attribute) and len(node.attr) > 2:
            place = _attribute_name(node)
            wrong = misspell(node.attr, rng)
            if place:
                message = rng.choice(_NO_ATTRIBUTE).format(wrong, rng.choice(_CLASSES))
                yield replace(spliced(function, place._replace(text=wrong)), message=message)
