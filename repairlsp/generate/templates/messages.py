"""What an exception's message says: its type, and the names that it quotes."""

from __future__ import annotations

import re
from typing import NamedTuple

_TYPE = re.compile(r"\b(\w+(?:Error|Exception|Iteration|Interrupt|Warning))\b")
_QUOTED = re.compile(r"['\"`]([^\W\d][\w.]*)(?:\(\))?['\"`]")
_ASKS = re.compile(r"Did you mean|missing \d+ required|did you forget")


class Message(NamedTuple):
    """The exception's type, "" where there is none, and the names in quotes, dotted ones in parts:
    those that it complains of, and those that it asks for."""

    type: str
    names: frozenset[str]
    wanted: frozenset[str]


def read(message: str) -> Message:
    """Read a message as `RepairContext` has it: `Type: text`, or a diagnostic."""
    found = _TYPE.search(message)
    if found and found[1] == "AssertionError":
        return Message("AssertionError", frozenset(), frozenset())  # what it quotes are values
    complaint, _, request = _ASKS.sub("\0", message, count=1).partition("\0")
    return Message(found[1] if found else "", _names(complaint), _names(request))


def _names(text: str) -> frozenset[str]:
    return frozenset(part for name in _QUOTED.findall(text) for part in name.split("."))
