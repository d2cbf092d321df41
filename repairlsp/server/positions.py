"""LSP positions <-> indices into Python strings, in the three encodings that LSP knows.

A position's `character` counts code units of the negotiated encoding. Lone surrogates (JSON can
carry them) count as one UTF-16 or UTF-32 unit and as three UTF-8 units.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Encoding = Literal["utf-8", "utf-16", "utf-32"]

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")
DEFAULT_ENCODING: Encoding = "utf-16"
"""What LSP 3.17 prescribes where a client offers nothing."""


def choose(offered: Sequence[object]) -> Encoding:
    """The first encoding of the client's list, which is in its order of preference."""
    for name in offered:
        for encoding in ENCODINGS:
            if name == encoding:
                return encoding
    return DEFAULT_ENCODING


def to_index(line: str, character: int, encoding: Encoding) -> int:
    """The index into `line` of the code unit `character`.

    Beyond the line it is the line's length, as the specification says; in the middle of a
    character it is that character's start.
    """
    if line.isascii() or encoding == "utf-32":
        return min(character, len(line))
    if encoding == "utf-8":
        units = line.encode("utf-8", "surrogatepass")
        while character < len(units) and units[character] & 0xC0 == 0x80:  # a continuation byte
            character -= 1
        return len(units[:character].decode("utf-8", "surrogatepass"))
    units = line.encode("utf-16-le", "surrogatepass")
    if _splits_a_pair(units, character):
        character -= 1
    return len(units[: 2 * character].decode("utf-16-le", "surrogatepass"))


def to_character(line: str, index: int, encoding: Encoding) -> int:
    """The number of code units before `index` in `line`."""
    before = line[:index]
    if encoding == "utf-32" or before.isascii():
        return len(before)
    if encoding == "utf-8":
        return len(before.encode("utf-8", "surrogatepass"))
    return len(before.encode("utf-16-le", "surrogatepass")) // 2


def join_surrogates(text: str) -> str:
    """`text` with adjacent halves of a surrogate pair made one character.

    Two edits can each bring one half; every other character, lone halves included, stays.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text


def _splits_a_pair(units: bytes, character: int) -> bool:
    """Whether the UTF-16 unit boundary `character` lies between the halves of a pair."""
    if not 0 < 2 * character < len(units):
        return False
    high, low = units[2 * character - 1], units[2 * character + 1]
    return 0xD8 <= high <= 0xDB and 0xDC <= low <= 0xDF
