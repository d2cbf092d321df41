"""A function made in a loop that sees the loop's last value: the value of now becomes a default."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.names import parameters
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice

_LOOPS = (ast.For, ast.AsyncFor, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@template(
    "late-binding",
    source="flake8-bugbear B023 (function uses loop variable); Pylint W0640 (cell-var-from-loop)",
    examples=[
        in_function(
            "def bind(keys, show):",
            "for n in keys:\n    keys.bind(lambda: show(n))",
            "for n in keys:\n    keys.bind(lambda n=n: show(n))",
        ),
        in_function(
            "def powers(ns):",
            "return [lambda x: x**n for n in ns]",
            "return [lambda x, n=n: x**n for n in ns]",
        ),
        in_function(
            "def jobs(names, out):",
            "for name in names:\n    def job(x):\n        return name + x\n    out.append(job)",
            "for name in names:\n    def job(x, name=name):\n        return name + x\n"
            "    out.append(job)",
        ),
    ],
)
def late_binding(target: Target) -> Iterator[Rewrite]:
    for inner in target.nodes:
        if not isinstance(inner, ast.Lambda | Function):
            continue
        arguments = inner.args
        if arguments.vararg or arguments.kwonlyargs or arguments.kwarg:
            continue
        taken = {argument.arg for argument in parameters(arguments)}
        free = _read(inner) & _loop_names(target, inner) - taken
        defaults = ", ".join(f"{name}={name}" for name in sorted(free))
        if defaults and (place := _behind_the_last(target, inner)):
            line, column, before = place
            yield Rewrite(inner, (Splice(line, column, line, column, before + defaults),), 1.0)


def _read(inner: ast.Lambda | Function) -> set[str]:
    body = inner.body if isinstance(inner.body, list) else [inner.body]
    names = (node for part in body for node in ast.walk(part) if isinstance(node, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, ast.Load)}


def _loop_names(target: Target, inner: ast.AST) -> set[str]:
    """What the loops around bind anew each time, in their heads and in their bodies."""
    found: set[str] = set()
    for loop in target.ancestors(inner):
        if isinstance(loop, Function | ast.ClassDef):
            break
        if isinstance(loop, _LOOPS):
            found |= {
                node.id
                for node in ast.walk(loop)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
    return found


def _behind_the_last(target: Target, inner: ast.Lambda | Function) -> tuple[int, int, str] | None:
    """Where parameters go on, and what comes before one more."""
    arguments = inner.args
    given: list[ast.arg | ast.expr] = [*parameters(arguments), *arguments.defaults]
    if given:
        line, column = max((node.end_lineno or 0, node.end_col_offset or 0) for node in given)
        return line, column, ", "
    header = target.lines[inner.lineno - 1].encode()
    mark = b"lambda" if isinstance(inner, ast.Lambda) else b"("
    at = header.find(mark, inner.col_offset)
    if at < 0:
        return None
    return inner.lineno, at + len(mark), " " if isinstance(inner, ast.Lambda) else ""
