"""Bugs in expressions: arithmetic, off-by-one, operands, subscripts, slices."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from random import Random

from repairlsp.splice import Splice, node_text, replace_node
from repairlsp.training.operators.registry import Function, Mutation, operator, spliced

_ARITHMETIC: dict[type[ast.operator], tuple[str, ...]] = {
    ast.Add: ("-", "-", "*"),
    ast.Sub: ("+", "+", "//"),
    ast.Mult: ("/", "+", "**"),
    ast.Div: ("//", "*", "//"),
    ast.FloorDiv: ("/", "/", "*", "%"),
    ast.Mod: ("//", "/"),
    ast.Pow: ("*",),
    ast.LShift: (">>",),
    ast.RShift: ("<<",),
    ast.BitOr: ("&", "^"),
    ast.BitAnd: ("|", "|", "^"),
    ast.BitXor: ("|", "&"),
}
_SYMBOL: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitOr: "|",
    ast.BitAnd: "&",
    ast.BitXor: "^",
}


@operator("arithmetic")
def arithmetic(function: Function, rng: Random) -> Iterator[Mutation]:
    """Another arithmetic or bit operator."""
    for node in function.nodes:
        if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
            left, right = node.left, node.right
            if isinstance(left, ast.Constant | ast.JoinedStr) and not _is_number(left):
                continue  # string formatting and concatenation
            assert left.end_col_offset is not None
            if left.end_lineno == right.lineno:
                line = function.lines[right.lineno - 1].encode()
                between = line[left.end_col_offset : right.col_offset].decode()
                if between.strip() == _SYMBOL[type(node.op)]:
                    new = between.replace(between.strip(), rng.choice(_ARITHMETIC[type(node.op)]))
                    yield spliced(
                        function,
                        Splice(
                            right.lineno, left.end_col_offset, right.lineno, right.col_offset, new
                        ),
                    )


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


@operator("augmented-assignment")
def augmented_assignment(function: Function, rng: Random) -> Iterator[Mutation]:
    """`+=` for `-=`, or `=` for `+=`."""
    for node in function.nodes:
        if isinstance(node, ast.AugAssign) and type(node.op) in _ARITHMETIC:
            target = node_text(node.target, function.lines)
            value = node_text(node.value, function.lines)
            if "\n" not in value:
                new = rng.choice(("", *(_ARITHMETIC[type(node.op)][:1])))
                yield spliced(function, replace_node(node, f"{target} {new}= {value}"))


@operator("operands-swapped")
def operands_swapped(function: Function, rng: Random) -> Iterator[Mutation]:
    """`a - b` for `b - a`, also in comparisons."""
    for node in function.nodes:
        pair: tuple[ast.expr, ast.expr] | None = None
        if isinstance(node, ast.BinOp) and isinstance(
            node.op, ast.Sub | ast.Div | ast.FloorDiv | ast.Mod | ast.Pow | ast.Add
        ):
            pair = node.left, node.right
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.Lt | ast.Gt):
            pair = node.left, node.comparators[0]
        if pair and all(_is_atom(side) and side.lineno == side.end_lineno for side in pair):
            left, right = (node_text(side, function.lines) for side in pair)
            if left != right:
                yield spliced(function, replace_node(pair[0], right), replace_node(pair[1], left))


def _is_atom(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.Constant)


@operator("off-by-one")
def off_by_one(function: Function, rng: Random) -> Iterator[Mutation]:
    """A stray `+ 1` or `- 1` in an index, a bound, a return value; or one that is missing."""
    for node in function.nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            if isinstance(node.right, ast.Constant) and node.right.value == 1:
                yield spliced(function, replace_node(node, node_text(node.left, function.lines)))
                flipped = "-" if isinstance(node.op, ast.Add) else "+"
                left = node_text(node.left, function.lines)
                yield spliced(function, replace_node(node, f"{left} {flipped} 1"))
            continue
        places: list[ast.expr | None] = []
        if isinstance(node, ast.Subscript):
            if isinstance(node.slice, ast.Slice):
                places += [node.slice.lower, node.slice.upper]
            else:
                places.append(node.slice)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("range", "len"):
            places += [node] if getattr(node.func, "id", "") == "len" else node.args[:2]
        elif isinstance(node, ast.Return):
            places.append(node.value if isinstance(node.value, ast.Name) else None)
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Lt | ast.LtE | ast.Gt):
            places.append(node.comparators[0])
        for place in places:
            if isinstance(place, ast.Name | ast.Call) and place.lineno == place.end_lineno:
                text = node_text(place, function.lines)
                yield spliced(function, replace_node(place, f"{text} {rng.choice('+-')} 1"))


@operator("slice-bound")
def slice_bound(function: Function, rng: Random) -> Iterator[Mutation]:
    """A slice loses a bound, or an index gets the other end of the sequence."""
    for node in function.nodes:
        if not isinstance(node, ast.Subscript) or node.lineno != node.end_lineno:
            continue
        value = node_text(node.value, function.lines)
        if isinstance(node.slice, ast.Slice) and node.slice.step is None:
            low, high = (
                node_text(bound, function.lines) if bound else ""
                for bound in (node.slice.lower, node.slice.upper)
            )
            options = {f"{high}:{low}", f"{low}:", f":{high}", f":{low}", f"{high}:"}
            options -= {f"{low}:{high}", ":"}
            if options:
                text = f"{value}[{rng.choice(sorted(options))}]"
                yield spliced(function, replace_node(node, text))
        elif isinstance(node.slice, ast.Constant) and node.slice.value in (0, 1):
            text = f"{value}[{rng.choice((1 - node.slice.value, -1))}]"
            yield spliced(function, replace_node(node, text))
        elif isinstance(node.slice, ast.UnaryOp):
            yield spliced(function, replace_node(node, f"{value}[{rng.choice((0, 1))}]"))


@operator("parentheses")
def parentheses(function: Function, rng: Random) -> Iterator[Mutation]:
    """Parentheses are missing: `a * b + c` for `a * (b + c)`."""
    for node in function.nodes:
        if isinstance(node, ast.BinOp):
            for side in (node.left, node.right):
                if isinstance(side, ast.BinOp) and side.lineno == side.end_lineno:
                    line = function.lines[side.lineno - 1].encode()
                    before, after = side.col_offset - 1, side.end_col_offset or 0
                    if line[before : before + 1] == b"(" and line[after : after + 1] == b")":
                        text = node_text(side, function.lines)
                        yield spliced(
                            function, Splice(side.lineno, before, side.lineno, after + 1, text)
                        )
