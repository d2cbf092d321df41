"""Files of JSON lines that our plugins signed inside the test process."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

_MAX_BYTES = 256 << 20


class Forged(Exception):  # noqa: N818 (it is a finding)
    """Not, or not only, our plugins wrote the file."""


def signed_lines(path: Path, key: str) -> Iterator[Any]:
    """What the lines say that who had `key` wrote, one after the other; also of a file that ends in
    the middle of a line because its writer was killed.

    Each line is signed with a key of its own, made of the one before. A session more, started by
    the same command, begins with `key` again. Raises Forged, and FileNotFoundError.
    """
    first = bytes.fromhex(key)
    now = first
    for line in _bytes_of(path).split(b"\n")[:-1]:
        signature, _, text = line.partition(b" ")
        signer = next((each for each in (now, first) if _signed(text, each) == signature), None)
        if signer is None:
            raise Forged(str(path))
        now = blake2b(b"next", key=signer, digest_size=32).digest()
        yield json.loads(text)


def _signed(text: bytes, key: bytes) -> bytes:
    return blake2b(text, key=key, digest_size=16).hexdigest().encode()


def _bytes_of(path: Path) -> bytes:
    """What a regular file holds. Never waits for a pipe, nor follows a link. Raises Forged where
    something else was put in its place, and FileNotFoundError."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:  # noqa: PTH123
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
                raise Forged(str(path))
            return file.read()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Forged(str(path)) from error
