"""What an output format is: a function from a result to text."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from repairlsp.types import RepairRequest, RepairResult


class View(NamedTuple):
    """How a result is shown. The defaults suit a file or a pipe; only `text` looks at it."""

    color: bool = False
    width: int | None = None
    """The terminal's columns, which only a diff may exceed. None for a file or a pipe: prose is
    wrapped all the same, but what has no spaces stays whole, so that it can be searched for."""
    applied: bool = False
    """The best patch has been written to the project's files."""


PLAIN = View()


class Format(Protocol):
    """Renders a result; the text ends in a newline, or is empty when there is nothing to say."""

    def __call__(
        self, result: RepairResult, request: RepairRequest, view: View = PLAIN, /
    ) -> str: ...
