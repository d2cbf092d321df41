"""An argument that lands in another parameter than its own: it must be given by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import text
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import Example, in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.roles import last_name
from repairlsp.generate.templates.target import Target
from repairlsp.splice import replace_node

_FLAGS = {"sub": (3, 4), "subn": (3, 4), "split": (2, 3)}
"""Functions of `re` whose count comes before the flags: where flags are given by mistake."""


@template(
    "keyword-missing",
    source="flake8-bugbear B034 (re.sub and others by position); TSSB-3M Change Keyword Argument",
    examples=[
        in_function(
            "def hide(text):",
            "return re.sub('a', 'b', text, re.I)",
            "return re.sub('a', 'b', text, flags=re.I)",
        ),
        in_function(
            "def parts(text):",
            "return re.split('a', text, re.I | re.M)",
            "return re.split('a', text, flags=re.I | re.M)",
        ),
        Example(
            "def save(path, mode=1, force=False):\n    pass\n\n"
            "def keep(path, force):\n    save(path, force)",
            "def save(path, mode=1, force=False):\n    pass\n\n"
            "def keep(path, force):\n    save(path, force=force)",
        ),
    ],
)
def keyword_missing(target: Target) -> Iterator[Rewrite]:
    functions = {node.name: node for node in target.module.body if isinstance(node, Function)}
    for call in target.select(ast.Call):
        name = last_name(call.func)
        if name in _FLAGS and _of_re(call.func):
            for at in _FLAGS[name]:
                if len(call.args) == at + 1 and _is_flag(call.args[at]):
                    yield _named(target, call.args[at], "flags", 3.0)
        callee = functions.get(name) if isinstance(call.func, ast.Name) else None
        if callee and call.args and isinstance(last := call.args[-1], ast.Name):
            parameters = [argument.arg for argument in callee.args.args]
            here = parameters[len(call.args) - 1 : len(call.args)]
            if last.id in parameters[len(call.args) :] and here != [last.id]:
                yield _named(target, last, last.id, 1.0)


def _of_re(func: ast.expr) -> bool:
    match func:
        case ast.Attribute(value=ast.Name(id="re" | "regex")):
            return True
        case ast.Name():
            return True
        case _:
            return False


def _is_flag(node: ast.expr) -> bool:
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _is_flag(left) and _is_flag(right)
        case ast.Attribute(value=ast.Name(id="re" | "regex")):
            return True
        case ast.Name(id=name):
            return name.isupper()
        case _:
            return False


def _named(target: Target, argument: ast.expr, name: str, weight: float) -> Rewrite:
    return Rewrite(argument, (replace_node(argument, f"{name}={text(target, argument)}"),), weight)
