"""What an exception's message says: its type, and the names that it quotes."""

from __future__ import annotations

import re
from typing import NamedTuple

_TYPE = re.compile(r"\b(\w+(?:Error|Exception|Iteration|Interrupt|Warning))\b")
_QUOTED = re.compile(r"['\"`]([^\W\d][\w.]*)(?:\(\))?['\"`]")
_MISSED = re.compile(r"DID NOT RAISE <class '([\w.]+)'>|\b([\w.]+) not raised\b")
_ASKS = re.compile(r"Did you mean|missing \d+ required|did you forget")

NOT_RAISED = "not raised"
"""Stands for the exception's type where a test waited for one in vain."""


class Message(NamedTuple):
    """The exception's type, "" where there is none, and the names in quotes, dotted ones in parts:
    those that it complains of, and those that it asks for. `missed` are the exceptions that a test
    waited for in vain."""

    type: str
    names: frozenset[str]
    wanted: frozenset[str]
    missed: frozenset[str] = frozenset()


def read(message: str) -> Message:
    """Read a message as `RepairContext` has it: `Type: text`, or a diagnostic."""
    if missed := _MISSED.search(message):
        name = (missed[1] or missed[2]).rpartition(".")[2]
        return Message(NOT_RAISED, frozenset(), frozenset(), frozenset({name}))
    found = _TYPE.search(message)
    if found and found[1] == "AssertionError":
        return Message("AssertionError", frozenset(), frozenset())  # what it quotes are values
    complaint, _, request = _ASKS.sub("\0", message, count=1).partition("\0")
    return Message(found[1] if found else "", _names(complaint), _names(request))


def _names(text: str) -> frozenset[str]:
    return frozenset(part for name in _QUOTED.findall(text) for part in name.split("."))
