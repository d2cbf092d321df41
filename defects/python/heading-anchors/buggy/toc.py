"""A table of contents for Markdown, with links to the headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE = re.compile(r"\s*(```|~~~)")


class Heading(NamedTuple):
    level: int
    title: str
    anchor: str


class Anchors:
    """Gives out anchors, each of them once."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def anchor(self, title: str) -> str:
        """The anchor of the next heading: its title in lower case, with hyphens for spaces and
        without punctuation. Where an earlier heading has that one already, `-1` is added,
        else `-2`, and so on: the first that is free.
        """
        base = re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")
        number = self._given.get(base, 0)
        self._given[base] = number + 1
        return f"{base}-{number}" if number else base


def headings(text: str) -> Iterator[Heading]:
    """The headings of a document, in order. Code blocks have none."""
    anchors = Anchors()
    fence = None
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if mark:
            if fence is None:
                fence = mark[1]
            elif fence == mark[1]:
                fence = None
        elif fence is None and (match := _HEADING.match(line)):
            yield Heading(len(match[1]), match[2], anchors.anchor(match[2]))


def table_of_contents(text: str, depth: int = 3) -> str:
    """A nested list of links to the headings of at most `depth` levels."""
    return "\n".join(
        f"{'  ' * (level - 1)}- [{title}](#{anchor})"
        for level, title, anchor in headings(text)
        if level <= depth
    )
