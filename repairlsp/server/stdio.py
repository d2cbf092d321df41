"""The protocol's two streams, taken away from everything else in the process.

Standard output carries framed JSON and nothing else. A `print` of a library, a warning of native
code or a child's output would break the client, so descriptor 1 is pointed at standard error and
the protocol keeps a private duplicate, which children do not inherit (PEP 446).
"""

from __future__ import annotations

import os
from typing import BinaryIO, NamedTuple


class Streams(NamedTuple):
    reader: BinaryIO
    writer: BinaryIO


def take_over() -> Streams:
    """Keep descriptors 0 and 1 for the protocol; leave null input and standard error there."""
    nothing = os.open(os.devnull, os.O_RDWR)
    try:
        os.fstat(2)
    except OSError:  # started without a standard error
        os.dup2(nothing, 2)
    streams = Streams(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb"))
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return streams
