"""What a bug operator is, and the table of all of them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from repairlsp.splice import Splice, splice


@dataclass(frozen=True)
class Function:
    """A function's source, dedented, and its syntax tree."""

    lines: tuple[str, ...]
    tree: ast.FunctionDef | ast.AsyncFunctionDef

    @classmethod
    def parse(cls, lines: Sequence[str]) -> Function | None:
        """None when the lines are not exactly one function definition."""
        try:
            body = ast.parse("\n".join(lines)).body
        except (SyntaxError, ValueError, RecursionError):
            return None
        if len(body) == 1 and isinstance(body[0], ast.FunctionDef | ast.AsyncFunctionDef):
            return cls(tuple(lines), body[0])
        return None

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the body (not the signature), less those inside f-strings.

        Before Python 3.12 positions inside an f-string are wrong.
        """
        found: list[ast.AST] = []
        queue: list[ast.AST] = list(self.tree.body)
        while queue:
            node = queue.pop()
            found.append(node)
            if not isinstance(node, ast.JoinedStr):
                queue.extend(ast.iter_child_nodes(node))
        return tuple(found)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Parameters and names that the function binds, sorted."""
        arguments = self.tree.args
        bound = {
            arg.arg for arg in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        }
        for node in self.nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                bound.add(node.id)
        return tuple(sorted(bound - {"self", "cls", "_"}))


@dataclass(frozen=True, slots=True)
class Mutation:
    """The buggy function's lines, and what a tool would say of it (often nothing)."""

    lines: tuple[str, ...]
    message: str = ""


def spliced(function: Function, *splices: Splice) -> Mutation:
    """The function with the splices made."""
    span, new = splice(function.lines, splices)
    lines = function.lines
    return Mutation((*lines[: span.start - 1], *new, *lines[span.end - 1 :]))


Mutate = Callable[[Function, Random], Iterator[Mutation]]


@dataclass(frozen=True, slots=True)
class Operator:
    """A family of bugs. `mutate` yields possible bugs of one function, in any order.

    `described` families come with the message of a compiler, linter or interpreter.
    """

    name: str
    mutate: Mutate
    described: bool = False


OPERATORS: dict[str, Operator] = {}


def operator(name: str, *, described: bool = False) -> Callable[[Mutate], Mutate]:
    """Register a bug operator under `name`."""

    def register(mutate: Mutate) -> Mutate:
        assert name not in OPERATORS, name
        OPERATORS[name] = Operator(name, mutate, described)
        return mutate

    return register
