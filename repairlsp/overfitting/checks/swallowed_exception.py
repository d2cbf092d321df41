"""Exceptions that are caught and forgotten."""

from __future__ import annotations

import ast

from repairlsp.overfitting.comparison import Comparison
from repairlsp.overfitting.failure import exception_names
from repairlsp.overfitting.literals import literal
from repairlsp.overfitting.registry import Example, check

_EVERYTHING = frozenset({"Exception", "BaseException"})


@check(
    "swallowed-exception",
    "silencing",
    "catches every kind of exception and carries on",
    marked=[
        Example(
            "def ratio(a, b):\n    return a / b",
            "def ratio(a, b):\n    try:\n        return a / b\n    except Exception:\n"
            "        return 2",
        ),
        Example(
            "def tell(users, send):\n    for user in users:\n        send(user.mail)",
            "def tell(users, send):\n    for user in users:\n        with suppress(Exception):\n"
            "            send(user.mail)",
        ),
        Example(
            "def run(tasks):\n    try:\n        work(tasks)\n    finally:\n        tasks.clear()",
            "def run(tasks):\n    try:\n        work(tasks)\n    finally:\n        tasks.clear()\n"
            "        return 0",
        ),
    ],
    unmarked=[
        Example(
            "def parsed(text):\n    return int(text)",
            "def parsed(text):\n    try:\n        return int(text)\n    except ValueError:\n"
            "        return None",
        ),
        Example(
            "def saved(job):\n    job.run()",
            "def saved(job):\n    try:\n        job.run()\n    except Exception:\n"
            "        job.undo()\n        raise",
        ),
    ],
)
def swallowed_exception(comparison: Comparison) -> bool:
    # A handler that is otherwise the same may have become broad: that is `wide-exception`.
    before = len([node for node in comparison.removed(ast.ExceptHandler) if _is_idle(node)])
    idle = [node for node in comparison.added(ast.ExceptHandler) if _is_idle(node)]
    if len(idle) > before and any(_is_broad(node.type) for node in idle):
        return True
    for call in comparison.added(ast.Call):
        match call.func:
            case ast.Name(id="suppress") | ast.Attribute(attr="suppress"):
                if any(map(_is_broad, call.args)):
                    return True
    return any(
        isinstance(node, ast.Return)
        for change in comparison.changes
        for node in change.new
        if isinstance(outer := comparison.parent(node), ast.Try) and node in outer.finalbody
    )


@check(
    "hidden-exception",
    "suspicious",
    "hides the exception that the test ran into",
    marked=[
        Example(
            "def total(rows):\n    return sum(row.price for row in rows)",
            "def total(rows):\n    try:\n        return sum(row.price for row in rows)\n"
            "    except AttributeError:\n        return 0",
            "AttributeError",
        ),
    ],
    unmarked=[
        Example(
            "def first(rows):\n    return rows[0]",
            "def first(rows):\n    return rows[0] if rows else None",
            "IndexError",
        ),
    ],
)
def hidden_exception(comparison: Comparison) -> bool:
    return any(
        _is_idle(node) and comparison.failure.raised.intersection(exception_names(node.type))
        for node in comparison.added(ast.ExceptHandler)
        if len(comparison.added(ast.Try)) > len(comparison.removed(ast.Try))
    )


@check(
    "wide-exception",
    "suspicious",
    "catches far more kinds of exceptions than before",
    marked=[
        Example(
            "def nth(items, n):\n    try:\n        return items[n]\n    except KeyError:\n"
            "        return None",
            "def nth(items, n):\n    try:\n        return items[n]\n    except Exception:\n"
            "        return None",
        ),
    ],
    unmarked=[
        Example(
            "def nth(items, n):\n    try:\n        return items[n]\n    except KeyError:\n"
            "        return None",
            "def nth(items, n):\n    try:\n        return items[n]\n    except IndexError:\n"
            "        return None",
        ),
    ],
)
def wide_exception(comparison: Comparison) -> bool:
    broad = [node for node in comparison.added(ast.ExceptHandler) if _is_broad(node.type)]
    narrow = [node for node in comparison.removed(ast.ExceptHandler) if not _is_broad(node.type)]
    return bool(broad and narrow)


def _is_broad(kind: ast.expr | None) -> bool:
    return kind is None or not _EVERYTHING.isdisjoint(exception_names(kind))


def _is_idle(handler: ast.ExceptHandler) -> bool:
    """Whether the handler does nothing about the exception but give or keep a constant."""
    for statement in handler.body:
        match statement:
            case ast.Pass() | ast.Continue() | ast.Break() | ast.Return(value=None):
                continue
            case ast.Return(value=value) | ast.Assign(value=value) | ast.Expr(value=value):
                if literal(value) is None and not isinstance(value, ast.Constant):
                    return False
            case _:
                return False
    return True
