"""Tests by their dotted names, `tests.test_cart.TestTotal.test_empty`, in a project's files."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Found(NamedTuple):
    """The module's file, and what of the name is inside it."""

    path: str
    inside: tuple[str, ...]


def find(name: str, is_file: Callable[[str], bool]) -> Found | None:
    """Which dots are folders is told by the files that are there; the longest path wins."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        path = "/".join(parts[:end]) + ".py"
        if is_file(path):
            return Found(path, tuple(parts[end:]))
    return None
