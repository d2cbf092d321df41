"""A call too many: `f(x)` for `x`, `x.f()` for `x`, `x.f` for `x.f()`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.precedence import precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target


@template(
    "call-removed",
    source="inverse of PySStuBs Add Function Around Expression, Add Method Call",
    examples=[
        in_function("def order(xs):", "return sorted(xs)", "return xs"),
        in_function("def size(a, b):", "return len(a + b) * 2", "return (a + b) * 2"),
        in_function("def clean(s):", "return s.strip().lower()", "return s.strip()"),
        in_function("def clean(s):", "return s.strip().lower()", "return s.lower()"),
        in_function("def age(user):", "return user.age()", "return user.age"),
        in_function("def up(s):", "return s.upper == s", "return s.upper() == s"),
        in_function("def top(d):", "return max(d, key=d.get)", "return max(d, key=d.get())"),
    ],
)
def call_removed(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Call):
        match node:
            case ast.Call(func=ast.Name(), args=[argument], keywords=keywords):
                if not isinstance(argument, ast.Starred | ast.GeneratorExp):
                    level = precedence(argument)
                    weight = 0.2 if keywords else 0.6
                    yield replacing(
                        target, node, text(target, argument, level), weight, level=level
                    )
            case ast.Call(func=ast.Attribute(value=owner), args=arguments, keywords=keywords):
                level = precedence(owner)
                weight = 0.2 if arguments or keywords else 0.5
                yield replacing(target, node, text(target, owner, level), weight, level=level)
                if not arguments and not keywords:
                    yield replacing(target, node, text(target, node.func), 0.3)
    for attribute in target.select(ast.Attribute):
        parent = target.parent(attribute)
        called = isinstance(parent, ast.Call) and parent.func is attribute
        if isinstance(attribute.ctx, ast.Load) and not called:
            method = attribute.attr in target.vocabulary.methods
            inner = isinstance(parent, ast.Attribute)
            weight = (0.5 if method else 0.1) * (0.3 if inner else 1)
            yield replacing(target, attribute, f"{text(target, attribute)}()", weight)
