"""The texts that are posted: marked, so that a later run knows its own; and kept from doing
anything but being read."""

from __future__ import annotations

import re
from typing import Final

from repairlsp.formats.words import printable

_LONGEST_TITLE: Final = 200
_LONGEST_BODY: Final = 60_000
"""Characters; GitHub takes 65,536."""
_ADDRESS: Final = re.compile(r"\b0x[0-9a-f]{6,16}\b")
"""An object's address in a message: with it, no two runs would say the same."""


def marker(key: str) -> str:
    """A note that no reader sees, by which a later run knows what this one posted."""
    return f"<!-- repairlsp:{key} -->"


def title_of(text: str) -> str:
    """A title: one line, of bounded length, that mentions nobody."""
    return _quiet(" ".join(printable(text).split()))[:_LONGEST_TITLE]


def body_of(page: str, key: str) -> str:
    """A page of Markdown as a pull request's text or a comment, with its marker.

    The page may come from a job in which a stranger's code ran. Outside of blocks of code, what
    would notify people, refer to issues or hide text is taken apart.
    """
    lines, fence = [], ""
    for line in _ADDRESS.sub("0x...", page)[:_LONGEST_BODY].splitlines():
        opening = re.match(r"(`{3,}|~{3,})", line)
        is_code = bool(fence or opening)
        if fence and line.rstrip() == fence:
            fence = ""
        elif opening and not fence:
            fence = opening[1]
        lines.append((line if is_code else _quiet(line)).replace("<!--", "<!\u200b--"))
    if fence:
        lines.append(fence)
    return "\n".join([*lines, "", marker(key), ""])


def _quiet(line: str) -> str:
    return re.sub(r"@(?=\w)|[#!](?=\d)", "\\g<0>\u200b", line)
