"""A coroutine that is not awaited, or something awaited that is none."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.precedence import Precedence, precedence
from repairlsp.generate.templates.registry import Example, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.statements import owns_lines
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice


@template(
    "await-missing",
    source="Python's own warning 'coroutine was never awaited'; mypy unused-coroutine",
    examples=[
        Example(
            "async def load(client):\n    page = client.get('/')\n    return page.text",
            "async def load(client):\n    page = await client.get('/')\n    return page.text",
        ),
        Example(
            "async def name(client):\n    return client.user().name",
            "async def name(client):\n    return (await client.user()).name",
        ),
        Example(
            "async def plain(x):\n    return await x.name",
            "async def plain(x):\n    return x.name",
        ),
        Example(
            "async def read(rows):\n    for row in rows:\n        print(row)",
            "async def read(rows):\n    async for row in rows:\n        print(row)",
        ),
    ],
)
def await_missing(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Call):
        parent = target.parent(node)
        if _asynchronous(target, node) and not isinstance(parent, ast.Await):
            own = isinstance(node.func, ast.Name) and node.func.id in target.vocabulary.calls
            source = f"await {text(target, node, Precedence.ATOM)}"
            weight = 0.4 if own or isinstance(node.func, ast.Attribute) else 0.1
            yield replacing(target, node, source, weight, level=Precedence.AWAIT)
    for awaited in target.select(ast.Await):
        level = precedence(awaited.value)
        yield replacing(target, awaited, text(target, awaited.value, level), 0.3, level=level)
    for statement in target.select(ast.For, ast.With):
        if _asynchronous(target, statement) and owns_lines(target, statement):
            line, column = statement.lineno, statement.col_offset
            yield Rewrite(statement, (Splice(line, column, line, column, "async "),), 0.5)


def _asynchronous(target: Target, node: ast.AST) -> bool:
    return isinstance(target.function_of(node), ast.AsyncFunctionDef)
