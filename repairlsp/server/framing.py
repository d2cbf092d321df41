"""Messages on a byte stream: a header with Content-Length, an empty line, a body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

MAX_BODY_BYTES = 256 << 20
"""A length beyond this is a broken header: no document of any size that we serve needs it."""

_MAX_HEADER_LINE = 64 << 10

# Searched for, not matched: after a broken header its body is skipped as if it were a header, and
# a body does not end in a line break.
_CONTENT_LENGTH = re.compile(rb"content-length:[ \t]*([0-9]+)[ \t]*\r?\n\Z", re.IGNORECASE)
_FIELD = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[^\r\n]*\r?\n\Z")


@dataclass(frozen=True)
class BadHeader:
    """A header that does not say where its body ends; reading goes on at the next one."""

    reason: str


def read_frame(stream: BinaryIO) -> bytes | BadHeader | None:
    """The next body; None at the end of the stream."""
    length: int | None = None
    junk = False
    while line := stream.readline(_MAX_HEADER_LINE):
        if found := _CONTENT_LENGTH.search(line):
            if len(found[1]) > 12 or int(found[1]) > MAX_BODY_BYTES:
                return BadHeader(f"a message of {found[1][:20].decode()} bytes is too long")
            length = int(found[1])
        elif line in (b"\r\n", b"\n"):
            if length is not None:
                body = stream.read(length)
                return body if len(body) == length else None
            if junk:
                return BadHeader("a header without a valid Content-Length")
        elif not _FIELD.match(line) or length is None:
            junk = True
    return None


def write_frame(stream: BinaryIO, body: bytes) -> None:
    """Write one message. Raises BrokenPipeError when the client is gone."""
    stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    stream.flush()
