"""An argument passed under the wrong keyword."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from repairlsp.generate.templates.names import parameters
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import Example, in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.roles import last_name
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice


@template(
    "keyword-renamed",
    source="PySStuBs Change Keyword Argument Used",
    examples=[
        Example(
            "def show(text, width=0, fill=0):\n    pass\n\ndef f(x):\n    show(x, width=x)",
            "def show(text, width=0, fill=0):\n    pass\n\ndef f(x):\n    show(x, fill=x)",
        ),
        in_function(
            "def two(a, x):",
            "a.put(low=x)\na.put(high=x)",
            "a.put(low=x)\na.put(low=x)",
        ),
    ],
)
def keyword_renamed(target: Target) -> Iterator[Rewrite]:
    functions = _functions(target.module)
    for call in target.select(ast.Call):
        name = last_name(call.func)
        weights: dict[str, float] = {}
        for passed in target.ingredients.calls.get(name, ()):
            for argument in passed.arguments:
                if argument.keyword:
                    weights[argument.keyword] = weights.get(argument.keyword, 0.0) + 0.3
        if name in functions:
            weights |= {argument.arg: 0.7 for argument in parameters(functions[name].args)}
        given = {keyword.arg for keyword in call.keywords} | {"self", "cls"}
        for keyword in call.keywords:
            if keyword.arg:
                line, column = keyword.lineno, keyword.col_offset
                for other, weight in weights.items():
                    if other not in given:
                        end = column + len(keyword.arg.encode())
                        yield Rewrite(call, (Splice(line, column, line, end, other),), weight)


@lru_cache(maxsize=4)
def _functions(module: ast.Module) -> dict[str, Function]:
    return {node.name: node for node in ast.walk(module) if isinstance(node, Function)}
