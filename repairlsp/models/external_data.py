"""Which files does an ONNX graph read besides itself? Found without the `onnx` package.

A tensor may keep its bytes in another file, named by an `external_data` entry whose key is
`location`. This walks the protobuf wire format down the paths that lead to tensors and skips
everything else unread, so that a 60 MB file costs about a millisecond and nothing in it is
trusted. Field numbers: onnx.proto3, IR version 13.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from typing import NamedTuple

_MESSAGES: dict[str, dict[int, str]] = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "function": {7: "node", 11: "attribute"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "node": {5: "attribute"},
    "attribute": {
        5: "tensor",
        6: "graph",
        10: "tensor",
        11: "graph",
        22: "sparse",
        23: "sparse",
    },
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {13: "entry"},
}
_DEEPEST = 64
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


class _Span(NamedTuple):
    """Bytes `start` to `end` (exclusive) of the file: one message, or one field's payload."""

    start: int
    end: int


def locations(model: bytes | mmap.mmap) -> frozenset[str]:
    """Every external data location named anywhere in the graph.

    Raises ValueError where the bytes are not a protobuf message or nest deeper than a graph does.
    """
    found: set[str] = set()
    _walk(model, _Span(0, len(model)), "model", 0, found)
    return frozenset(found)


def _walk(data: bytes | mmap.mmap, message: _Span, kind: str, depth: int, found: set[str]) -> None:
    if depth > _DEEPEST:
        raise ValueError("the graph nests too deep")
    children = _MESSAGES[kind]
    for field, payload in _fields(data, message):
        child = children.get(field)
        if child is None or payload is None:
            continue
        if child == "entry":
            pair = {
                number: data[part.start : part.end]
                for number, part in _fields(data, payload)
                if part is not None
            }
            if pair.get(1) == b"location":
                found.add(pair.get(2, b"").decode("utf-8"))
        else:
            _walk(data, payload, child, depth + 1, found)


def _fields(data: bytes | mmap.mmap, message: _Span) -> Iterator[tuple[int, _Span | None]]:
    """The fields of a message: number, and the payload of those that have a length."""
    position = message.start
    while position < message.end:
        key, position = _varint(data, position)
        wire = key & 7
        payload = None
        if wire == _VARINT:
            _, position = _varint(data, position)
        elif wire == _BYTES:
            length, position = _varint(data, position)
            payload = _Span(position, position + length)
            position = payload.end
        elif wire in (_FIXED32, _FIXED64):
            position += 4 if wire == _FIXED32 else 8
        else:
            raise ValueError(f"wire type {wire} does not exist")
        if position > message.end:
            raise ValueError("a field is longer than its message")
        yield key >> 3, payload


def _varint(data: bytes | mmap.mmap, position: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if position >= len(data):
            raise ValueError("it ends within a number")
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
    raise ValueError("a number is longer than 10 bytes")
