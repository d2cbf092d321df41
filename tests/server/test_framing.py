"""Frames on a stream, whole and broken."""

from __future__ import annotations

import io

import pytest

from repairlsp.server.framing import BadHeader, read_frame, write_frame


def frames(data: bytes) -> list[bytes | str]:
    """Every frame in `data`; a bad header as its reason."""
    stream, found = io.BytesIO(data), list[bytes | str]()
    while (frame := read_frame(stream)) is not None:
        found.append(frame.reason if isinstance(frame, BadHeader) else frame)
    return found


GOOD = b"Content-Length: 2\r\n\r\n{}"


def test_what_is_written_is_read() -> None:
    stream = io.BytesIO()
    write_frame(stream, b"{}")
    write_frame(stream, '{"é":1}'.encode())
    assert frames(stream.getvalue()) == [b"{}", '{"é":1}'.encode()]


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\n\r\n",
        b"Content-Length: 2\r\nContent-Type: x\r\n\r\n",
        b"content-length:2\n\n",
    ],
)
def test_headers_that_are_allowed(header: bytes) -> None:
    assert frames(header + b"{}" + GOOD) == [b"{}", b"{}"]


@pytest.mark.parametrize(
    "junk",
    [
        b"hello\r\n\r\n",
        b"Content-Length: -5\r\n\r\n[]",
        b"Content-Length: two\r\n\r\n{}",
        b"Content-Length: 99999999999999999999999\r\n\r\n",
        b"Content-Type: x\r\n\r\n{}",
        b"\x00\xff\xfe\r\n\r\n",
        b"x" * 100_000 + b"\r\n\r\n",
    ],
)
def test_reading_goes_on_after_a_broken_header(junk: bytes) -> None:
    *broken, last = frames(junk + GOOD)
    assert last == b"{}"
    assert broken
    assert all(isinstance(each, str) for each in broken)


@pytest.mark.parametrize("data", [b"", b"Content-Length: 5\r\n\r\n{}", b"Content-Le"])
def test_the_end_of_the_stream(data: bytes) -> None:
    assert frames(data) == []
