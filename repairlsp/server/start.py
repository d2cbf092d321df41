"""`repairlsp serve`: from process start to exit code.

The order matters: the streams are taken over before anything can print, `initialize` is answered
before the language-server library is imported (see `greeting`), and the library before the engine,
which is imported by the first fix.
"""

from __future__ import annotations

import gc
import os
import sys

from repairlsp.server import stdio
from repairlsp.server.greeting import Ended, greet


def serve() -> int:
    """Serve one client on standard input and output; return the exit code LSP prescribes.

    0 after `shutdown` and `exit`; 1 after an `exit` without `shutdown`, or when the client is gone.
    """
    streams = stdio.take_over()
    try:
        client = greet(streams)
    except (BrokenPipeError, KeyboardInterrupt):
        return 1
    if isinstance(client, Ended):
        return client.exit_code
    # The collector would walk the half-built library again and again: a fifth of the import's time.
    gc.disable()
    from repairlsp.server.app import run

    gc.freeze()  # what was imported stays: no later collection need look at it
    gc.enable()
    return run(client, streams)


def main() -> None:
    """Serve, and end the process whatever its threads are doing.

    A thread may sit in a read of a pipe that the client never closes, or in native code; Python
    would wait for the one at exit and crash on the other. By now every child was ended.
    """
    code = serve()
    sys.stderr.flush()
    os._exit(code)
