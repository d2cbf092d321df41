"""What the terminal at the other end of a stream can show."""

from __future__ import annotations

import os
from typing import TextIO


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody watches: a terminal that can move its cursor."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def wants_color(stream: TextIO) -> bool:
    """Whether to write colours: to a terminal, unless its owner said no (https://no-color.org)."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR")


def columns(stream: TextIO) -> int:
    """The terminal's width, at most 100: longer lines of prose are hard to read."""
    return min(os.get_terminal_size(stream.fileno()).columns or 80, 100)
