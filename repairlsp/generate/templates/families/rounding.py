"""A quotient or a number that is rounded the wrong way: up, down, to the nearest, or not at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.precedence import Precedence
from repairlsp.generate.templates.registry import Example, in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target

_ROUNDING = {"int": "round", "round": "int"}


@template(
    "rounding",
    source="PySStuBs Change Binary Operator, Add Function Around Expression, for quotients",
    examples=[
        in_function("def pages(n, size):", "return n // size", "return -(-n // size)"),
        Example(
            "import math\n\ndef pages(n, size):\n    return n // size",
            "import math\n\ndef pages(n, size):\n    return math.ceil(n / size)",
        ),
        in_function("def near(a, b):", "return a // b", "return round(a / b)"),
        in_function("def whole(x):", "return int(x * 2)", "return round(x * 2)"),
        Example(
            "import math\n\ndef up(x):\n    return math.floor(x)",
            "import math\n\ndef up(x):\n    return math.ceil(x)",
        ),
    ],
)
def rounding(target: Target) -> Iterator[Rewrite]:
    for quotient in target.select(ast.BinOp):
        if isinstance(quotient.op, ast.FloorDiv | ast.Div):
            yield from _of_quotient(target, quotient)
    for call in target.select(ast.Call):
        match call:
            case ast.Call(func=ast.Name(id="int" | "round" as name), args=[value]):
                inside = text(target, value)
                yield replacing(target, call, f"{_ROUNDING[name]}({inside})", 1.0)
                if "math" in target.names(call):
                    for other in ("math.ceil", "math.floor"):
                        yield replacing(target, call, f"{other}({inside})", 0.5)
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="math"), attr="floor" | "ceil" as name),
                args=[value],
            ):
                other = "math.ceil" if name == "floor" else "math.floor"
                yield replacing(target, call, f"{other}({text(target, value)})", 1.0)
                yield replacing(target, call, f"round({text(target, value)})", 0.5)


def _of_quotient(target: Target, node: ast.BinOp) -> Iterator[Rewrite]:
    above, below = (
        text(target, node.left, Precedence.TERM),
        text(target, node.right, Precedence.FACTOR),
    )
    whole = isinstance(node.op, ast.FloorDiv)
    share = 1.0 if whole else 0.3
    negative = text(target, node.left, Precedence.FACTOR)
    yield replacing(
        target, node, f"-(-{negative} // {below})", 0.5 * share, level=Precedence.FACTOR
    )
    functions = {"round": 0.5, "int": 0.3}
    if "math" in target.names(node):
        functions |= {"math.ceil": 1.0} if whole else {"math.ceil": 1.0, "math.floor": 0.5}
    for function, weight in functions.items():
        yield replacing(target, node, f"{function}({above} / {below})", weight * share)
