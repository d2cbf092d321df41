"""A slice that is missing, superfluous, or cut at the wrong end."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target


@template(
    "slice-bounds",
    source="TBar FP9, FP13.2 for Python's subscripts and slices",
    examples=[
        in_function("def head(xs, n):", "return xs[n:]", "return xs[:n]"),
        in_function("def rest(xs):", "return xs[1:]", "return xs"),
        in_function("def part(xs, a, b):", "return xs[a:b]", "return xs[a:]"),
        in_function("def one(xs, i):", "return xs[i]", "return xs[i:]"),
        in_function("def back(xs):", "return xs[::1]", "return xs[::-1]"),
        in_function("def end(xs, n):", "return xs[n:]", "return xs[-n:]"),
        in_function("def tail(xs):", "return xs[:4]", "return xs[-4:]"),
        in_function("def entry(d, k):", "return d[k]", "return d.get(k)"),
        in_function("def turned(m, i, j):", "return m[i][j]", "return m[j][i]"),
    ],
)
def slice_bounds(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Subscript):
        owner = text(target, node.value, Precedence.ATOM)
        for source, weight in _alternatives(target, node, owner):
            yield replacing(target, node, source, weight)


def _alternatives(target: Target, node: ast.Subscript, owner: str) -> Iterator[tuple[str, float]]:
    match node.slice:
        case ast.Slice(lower=lower, upper=upper, step=step):
            low = text(target, lower) if lower else ""
            high = text(target, upper) if upper else ""
            yield owner, 0.3
            if low and high:
                yield f"{owner}[{low}:]", 0.5
                yield f"{owner}[:{high}]", 0.5
                yield f"{owner}[{low}:{low} + {high}]", 0.3
            elif low or high:
                bound = lower or upper
                assert bound is not None
                cut = text(target, bound, Precedence.FACTOR)
                yield (f"{owner}[:{low}]" if low else f"{owner}[{high}:]"), 0.6
                if not cut.startswith("-"):
                    yield (f"{owner}[-{cut}:]" if low else f"{owner}[:-{cut}]"), 0.3
                    yield (f"{owner}[:-{cut}]" if low else f"{owner}[-{cut}:]"), 0.2
            if step is not None:
                yield f"{owner}[{low}:{high}]", 0.5
                yield f"{owner}[{low}:{high}:-1]", 0.5
            else:
                yield f"{owner}[{low}:{high}:-1]", 0.2
        case ast.Tuple():
            return
        case index:
            key = text(target, index)
            string = isinstance(index, ast.Constant) and isinstance(index.value, str)
            if isinstance(node.ctx, ast.Load):
                if not string:
                    yield f"{owner}[{key}:]", 0.2
                    yield f"{owner}[:{key}]", 0.2
                if not isinstance(index, ast.Constant | ast.UnaryOp | ast.BinOp) or string:
                    for default in ("", ", 0", ", []", ", ''"):
                        yield f"{owner}.get({key}{default})", 0.25
                yield owner, 0.2
            if isinstance(node.value, ast.Subscript) and not isinstance(
                node.value.slice, ast.Slice | ast.Tuple
            ):
                base = text(target, node.value.value, Precedence.ATOM)
                yield f"{base}[{key}][{text(target, node.value.slice)}]", 0.5
                yield f"{base}[{key}]", 0.1
