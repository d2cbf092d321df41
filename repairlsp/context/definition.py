"""A function or a class in a source file."""

from __future__ import annotations

from typing import NamedTuple

from repairlsp.types import LineSpan


class Definition(NamedTuple):
    """`kind` is "function" (methods too) or "class". `span` holds decorators and docstring.

    `broken`: there is a syntax error inside, so the span is only the parser's best guess.
    """

    kind: str
    name: str
    span: LineSpan
    broken: bool = False

    def order(self) -> tuple[int, int]:
        """Sorts definitions by place, outer ones before those inside them."""
        return (self.span.start, -self.span.end)

    def holds(self, span: LineSpan) -> bool:
        return self.span.start <= span.start and span.end <= self.span.end
