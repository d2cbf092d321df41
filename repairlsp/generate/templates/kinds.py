"""What kind of thing a name stands for, guessed from how the code around uses it.

Type inference is not attempted: each use is a hint, a name collects hints, and two names fit one
another when they share one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Literal, get_args

Kind = Literal["number", "string", "collection", "callable", "object", "boolean"]


def _by_word(**words: str) -> dict[str, Kind]:
    """Kind -> blank-separated words, turned around."""
    kinds: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
    return {word: kinds[kind] for kind, listed in words.items() for word in listed.split()}


_METHODS = _by_word(
    collection="append extend insert pop popleft appendleft sort reverse index count add discard"
    " update union keys values items get setdefault remove clear",
    string="strip lstrip rstrip split rsplit splitlines join lower upper title startswith endswith"
    " replace format encode find rfind isdigit isalpha isspace partition",
)
_RETURNS = _by_word(
    number="len int float abs sum round ord id hash divmod pow",
    string="str repr chr input format ascii hex bin",
    collection="list dict set tuple sorted frozenset range zip enumerate map filter reversed"
    " defaultdict deque Counter OrderedDict",
    boolean="bool isinstance issubclass hasattr any all callable",
)
_TAKES = _by_word(
    collection="len sum sorted list tuple set reversed enumerate zip any all iter max min",
    number="range abs round chr divmod",
    string="int float ord",
)
_ANNOTATIONS = _by_word(
    number="int float complex",
    string="str bytes",
    boolean="bool",
    collection="list dict set tuple frozenset List Dict Set Tuple Sequence Iterable Iterator"
    " Mapping Collection deque",
    callable="Callable",
)


def value_kind(node: ast.AST | None) -> Kind | None:
    """The kind of an expression's value, where its form tells."""
    match node:
        case ast.Constant(value=bool()):
            return "boolean"
        case ast.Constant(value=int() | float()):
            return "number"
        case ast.Constant(value=str() | bytes()) | ast.JoinedStr():
            return "string"
        case ast.List() | ast.Dict() | ast.Set() | ast.Tuple():
            return "collection"
        case ast.ListComp() | ast.DictComp() | ast.SetComp() | ast.GeneratorExp():
            return "collection"
        case ast.Lambda():
            return "callable"
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return "boolean"
        case ast.UnaryOp():
            return "number"
        case ast.BinOp(op=ast.Sub() | ast.Div() | ast.FloorDiv()):
            return "number"
        case ast.BinOp(op=ast.Add() | ast.Mult()):
            return value_kind(node.left) or value_kind(node.right)
        case ast.Call(func=ast.Name(id=name)):
            return _RETURNS.get(name)
        case _:
            return None


def annotation_kind(node: ast.expr | None) -> Kind | None:
    """The kind that an annotation names."""
    match node:
        case ast.Name(id=name):
            return _ANNOTATIONS.get(name)
        case ast.Subscript(value=ast.Name(id=name)):
            return _ANNOTATIONS.get(name)
        case ast.BinOp(op=ast.BitOr()):
            return annotation_kind(node.left)
        case _:
            return None


def use_kind(node: ast.AST, parent: ast.AST) -> Kind | None:
    """What `parent` takes its part `node` for."""
    match parent:
        case ast.Call(func=func) if func is node:
            return "callable"
        case ast.Call(func=ast.Name(id=name)):
            return _TAKES.get(name)
        case ast.Attribute(attr=attribute):
            return _METHODS.get(attribute, "object")
        case ast.Subscript(value=value, slice=index):
            if value is node:
                return "collection"
            return "number" if index is node and isinstance(parent.ctx, ast.Store) else None
        case ast.Slice():
            return "number"
        case ast.For(iter=iterated) | ast.comprehension(iter=iterated) if iterated is node:
            return "collection"
        case ast.BinOp(op=ast.Mult()):
            return "number" if value_kind(_beside(node, parent)) else None  # `"-" * width`
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return value_kind(_beside(node, parent))
        case ast.BinOp() | ast.UnaryOp(op=ast.USub()):
            return "number"
        case ast.Compare(ops=[ast.In() | ast.NotIn()]):
            return "collection" if node is not parent.left else value_kind(node)
        case ast.Compare(left=left, comparators=[right]):
            return value_kind(right if node is left else left)
        case ast.AugAssign(op=ast.Add()):
            return value_kind(parent.value) if node is parent.target else None
        case ast.AugAssign():
            return "number"
        case ast.Assign(value=value) if node is not value:
            return value_kind(value)
        case ast.Raise():
            return "object"
        case _:
            return None


def _beside(node: ast.AST, operation: ast.BinOp) -> ast.expr:
    return operation.right if node is operation.left else operation.left


def bound_kinds(node: ast.AST) -> Iterator[tuple[str, Kind]]:
    """Hints that loop headers give about the names they bind."""
    match node:
        case (
            ast.For(target=target, iter=ast.Call(func=ast.Name(id=name)))
            | ast.comprehension(target=target, iter=ast.Call(func=ast.Name(id=name)))
        ):
            if name == "range" and isinstance(target, ast.Name):
                yield target.id, "number"
            elif name == "enumerate" and isinstance(target, ast.Tuple):
                first = target.elts[0]
                if isinstance(first, ast.Name):
                    yield first.id, "number"
