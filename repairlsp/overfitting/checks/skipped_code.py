"""Code that a patch leaves in place, and that no longer runs."""

from __future__ import annotations

import ast

from repairlsp.overfitting.blocks import unreachable
from repairlsp.overfitting.comparison import Comparison
from repairlsp.overfitting.registry import Example, check


@check(
    "skipped-code",
    "silencing",
    "leaves code in place that no longer runs",
    marked=[
        Example(
            "def sorted_cards(cards):\n    cards = list(cards)\n    cards.pop()\n    return cards",
            "def sorted_cards(cards):\n    cards = list(cards)\n    return cards\n"
            "    cards.pop()\n    return cards",
        ),
        Example(
            "def applied(price, rates):\n    for rate in rates:\n        price -= rate\n"
            "    return price",
            "def applied(price, rates):\n    for rate in rates:\n        price -= rate\n"
            "        break\n    return price",
        ),
    ],
    unmarked=[
        Example(
            "def longest(words):\n    found = ''\n    for word in words:\n"
            "        found = max(found, word)\n        return found",
            "def longest(words):\n    found = ''\n    for word in words:\n"
            "        found = max(found, word)\n    return found",
        ),
        Example(
            "def first(words):\n    for word in words:\n        if word:\n"
            "            found = word\n"
            "    return found",
            "def first(words):\n    for word in words:\n        if word:\n"
            "            found = word\n"
            "            break\n    return found",
        ),
        Example(
            "def first(words):\n    for word in words:\n        if not word:\n"
            "            continue\n"
            "        found = word\n    return found",
            "def first(words):\n    for word in words:\n        if not word:\n"
            "            continue\n"
            "        found = word\n        break\n    return found",
        ),
    ],
)
def skipped_code(comparison: Comparison) -> bool:
    below = [list(unreachable(part.tree)) for part in (comparison.old, comparison.new)]
    return len(below[1]) > len(below[0]) or any(
        _ends_the_loop(comparison, node)
        for change in comparison.changes
        if not change.old
        for node in change.new
    )


@check(
    "emptied-branch",
    "silencing",
    "leaves a branch or a loop that does nothing",
    marked=[
        Example(
            "def days(capacity, usage):\n    if usage:\n        return 0\n    return capacity",
            "def days(capacity, usage):\n    if usage:\n        pass\n    return capacity",
        ),
    ],
    unmarked=[
        Example(
            "def run(job):\n    try:\n        job.stop()\n    except OSError:\n        raise",
            "def run(job):\n    try:\n        job.stop()\n    except ProcessLookupError:\n"
            "        pass",
        ),
    ],
)
def emptied_branch(comparison: Comparison) -> bool:
    before, after = (
        sum(1 for node in ast.walk(part.tree) if _is_empty(node))
        for part in (comparison.old, comparison.new)
    )
    return after > before


def _is_empty(node: ast.AST) -> bool:
    return isinstance(node, ast.If | ast.For | ast.While | ast.With) and all(
        isinstance(one, ast.Pass) for one in node.body
    )


def _ends_the_loop(comparison: Comparison, node: ast.AST) -> bool:
    """Whether every first round of a loop ends there, so that there is no second."""
    loop = comparison.parent(node)
    if not (isinstance(node, ast.Break | ast.Return) and isinstance(loop, ast.For | ast.While)):
        return False
    return node in loop.body and not any(isinstance(part, ast.Continue) for part in ast.walk(loop))
