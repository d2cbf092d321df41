"""The wrong exception raised or caught, one too narrow or too wide, one made but not raised."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice, node_text, replace_node

_NEAR = {
    "ValueError": "TypeError KeyError IndexError",
    "TypeError": "ValueError AttributeError",
    "KeyError": "IndexError ValueError AttributeError LookupError",
    "IndexError": "KeyError ValueError StopIteration LookupError",
    "AttributeError": "KeyError TypeError",
    "LookupError": "KeyError IndexError",
    "StopIteration": "IndexError ValueError",
    "ZeroDivisionError": "ValueError ArithmeticError",
    "OSError": "FileNotFoundError ValueError",
    "FileNotFoundError": "OSError",
    "NotImplementedError": "TypeError ValueError",
    "RuntimeError": "ValueError",
    "Exception": "ValueError TypeError",
    "UnicodeDecodeError": "UnicodeError ValueError",
    "ImportError": "ModuleNotFoundError AttributeError",
}


@template(
    "exception-type",
    source="TBar FP5 (mutate class instance creation), widened to handlers",
    examples=[
        in_function("def no(x):", "raise TypeError(x)", "raise ValueError(x)"),
        in_function(
            "def get(d, k):",
            "try:\n    return d[k]\nexcept IndexError:\n    return None",
            "try:\n    return d[k]\nexcept KeyError:\n    return None",
        ),
        in_function(
            "def num(x):",
            "try:\n    return int(x)\nexcept ValueError:\n    return 0",
            "try:\n    return int(x)\nexcept (ValueError, TypeError):\n    return 0",
        ),
        in_function("def no(x):", "ValueError(x)", "raise ValueError(x)"),
        in_function("def no(x):", "return KeyError(x)", "raise KeyError(x)"),
    ],
)
def exception_type(target: Target) -> Iterator[Rewrite]:
    for raised in target.select(ast.Raise):
        named = raised.exc.func if isinstance(raised.exc, ast.Call) else raised.exc
        if isinstance(named, ast.Name):
            for other in _alternatives(target, named.id):
                yield Rewrite(raised, (replace_node(named, other),), 0.5)
    for handler in target.select(ast.ExceptHandler):
        if handler.type is not None:
            yield from _caught(target, handler, handler.type)
    for statement in target.select(ast.Expr, ast.Return):
        match statement.value:
            case ast.Call(func=ast.Name(id=name)) as made if name.endswith(("Error", "Exception")):
                line, column = statement.lineno, statement.col_offset
                part = Splice(line, column, made.lineno, made.col_offset, "raise ")
                yield Rewrite(statement, (part,), 2.0)


def _caught(target: Target, handler: ast.ExceptHandler, caught: ast.expr) -> Iterator[Rewrite]:
    parts = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    names = [node_text(part, target.lines) for part in parts]
    for part in parts:
        if isinstance(part, ast.Name):
            for other in _alternatives(target, part.id):
                yield Rewrite(handler, (replace_node(part, other),), 0.5)
                if other not in names:
                    both = f"({', '.join([*names, other])})"
                    yield Rewrite(handler, (replace_node(caught, both),), 0.5)
    yield Rewrite(handler, (replace_node(caught, "Exception"),), 0.3)


def _alternatives(target: Target, name: str) -> list[str]:
    near = _NEAR.get(name, "ValueError TypeError KeyError").split()
    own = [
        node.name
        for node in target.module.body
        if isinstance(node, ast.ClassDef) and node.name.endswith(("Error", "Exception"))
    ]
    return [other for other in dict.fromkeys([*near, *own]) if other != name]
