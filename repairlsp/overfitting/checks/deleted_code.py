"""Patches that only take code away."""

from __future__ import annotations

import ast

from repairlsp.overfitting.blocks import JUMPS, work
from repairlsp.overfitting.comparison import Comparison
from repairlsp.overfitting.registry import Example, check
from repairlsp.overfitting.treediff import Change

_WHOLE = (ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


@check(
    "deleted-block",
    "silencing",
    "only deletes code, more than one statement of it",
    marked=[
        Example(
            "def shrink(values):\n    result = list(values)\n    for value in values:\n"
            "        result.append(-value)\n    return result",
            "def shrink(values):\n    result = list(values)\n    return result",
        ),
        Example(
            "def label(count):\n    text = 'item'\n    if count != 1:\n        text += 'es'\n"
            "    return text",
            "def label(count):\n    text = 'item'\n    return text",
        ),
        Example(
            "def reset(state):\n    state['count'] = 0\n    state.pop('last')",
            "def reset(state):\n    pass",
        ),
    ],
    unmarked=[
        Example(
            "def positive(numbers):\n    found = []\n    for n in numbers:\n        if n > 0:\n"
            "            found.append(n)\n            break\n    return found",
            "def positive(numbers):\n    found = []\n    for n in numbers:\n        if n > 0:\n"
            "            found.append(n)\n    return found",
        ),
        Example(
            "def total(xs):\n    s = 0\n    for x in xs:\n        s += x\n    return s",
            "def total(xs):\n    return sum(xs)",
        ),
    ],
)
def deleted_block(comparison: Comparison) -> bool:
    gone = _deleted(comparison)
    return any(isinstance(node, _WHOLE) or _works(node) for node in gone) or len(work(gone)) > 1


@check(
    "deleted-statement",
    "suspicious",
    "only deletes a statement",
    marked=[
        Example(
            "def visits(log):\n    n = len(log)\n    n += 1\n    return n",
            "def visits(log):\n    n = len(log)\n    return n",
        ),
        Example(
            "def kept(names):\n    out = []\n    for name in names:\n        if len(name) > 5:\n"
            "            continue\n        out.append(name)\n    return out",
            "def kept(names):\n    out = []\n    for name in names:\n        out.append(name)\n"
            "    return out",
        ),
    ],
    unmarked=[
        Example(
            "def total(xs):\n    s = 0\n    for x in xs:\n        s += x\n        break\n"
            "    return s",
            "def total(xs):\n    s = 0\n    for x in xs:\n        s += x\n    return s",
        ),
        Example(
            "def total(x):\n    print(x)\n    return x",
            "def total(x):\n    return x",
        ),
    ],
)
def deleted_statement(comparison: Comparison) -> bool:
    gone = [node for node in _deleted(comparison) if not isinstance(node, (*JUMPS, ast.Assert))]
    return any(isinstance(node, ast.If) for node in gone) or len(work(gone)) == 1


def _deleted(comparison: Comparison) -> list[ast.stmt]:
    """The statements that are gone, where the patch does nothing else; printing aside."""
    if not all(map(_is_deletion, comparison.changes)):
        return []
    return [
        node
        for change in comparison.changes
        for node in change.old
        if isinstance(node, ast.stmt) and not _prints(node)
    ]


def _is_deletion(change: Change) -> bool:
    statements = all(isinstance(node, ast.stmt) for node in change.old)
    return statements and all(isinstance(node, ast.Pass) for node in change.new)


def _works(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and bool(work([node]))


def _prints(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name("print"))):
            return True
        case _:
            return False
