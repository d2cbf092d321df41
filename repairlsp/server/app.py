"""Wires the server: streams, protocol, session and the handlers of `requests/`."""

from __future__ import annotations

import asyncio
import functools
import logging
import signal
import sys
import threading

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from repairlsp import __version__
from repairlsp.server import lifeline, logs, recovering
from repairlsp.server.client import Client
from repairlsp.server.framing import read_frame
from repairlsp.server.protocol import FrameWriter, Protocol
from repairlsp.server.requests import HANDLERS
from repairlsp.server.session import Session
from repairlsp.server.stdio import Streams

logger = logging.getLogger(__name__)

CLOSE_SECONDS = 1.5
"""How long running work may take to clean up after itself; the whole must be gone in two."""

SWITCH_SECONDS = 0.0005
"""Of Python's default of 5 ms, every turn of the event loop would wait once or more while a fix is
computed on the other thread."""


def run(client: Client, streams: Streams) -> int:
    """Serve an initialized client until it says `exit` or is gone; return the exit code."""
    logs.to_standard_error()
    sys.setswitchinterval(SWITCH_SECONDS)
    return asyncio.run(_serve(client, streams))


async def _serve(client: Client, streams: Streams) -> int:
    protocol = LanguageServer(
        "repairlsp",
        __version__,
        protocol_cls=Protocol,
        converter_factory=default_converter,
    ).protocol
    assert isinstance(protocol, Protocol)
    left = asyncio.Event()
    protocol.set_writer(FrameWriter(streams.writer, lost=left.set))
    session = Session(client, protocol, left)
    logs.ours.addHandler(session.log)
    session.log.trace(types.TraceValue.Off)
    for method, handle in HANDLERS.items():
        protocol.fm.feature(method)(functools.partial(handle, session))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, session.left.set)
    watching = None
    if client.process_id is not None:
        watching = loop.create_task(lifeline.watch(client.process_id, session.left.set))
    _start_reading(streams, protocol, session)
    recovering.put_right(session.show)
    await session.left.wait()
    if watching is not None:
        watching.cancel()
    protocol.cancel_all()
    if not session.close(CLOSE_SECONDS):
        logger.warning("a running fix did not end in time; leaving without it")
    return session.exit_code


def _start_reading(streams: Streams, protocol: Protocol, session: Session) -> None:
    """Hand frames to the protocol, from a thread that does nothing but read them.

    A daemon, because the client may never close the pipe: nothing waits for this thread.
    """
    loop = asyncio.get_running_loop()

    def read() -> None:
        frame = None
        try:
            while (frame := read_frame(streams.reader)) is not None:
                loop.call_soon_threadsafe(protocol.receive, frame)
            loop.call_soon_threadsafe(session.left.set)
        except (OSError, RuntimeError):  # the stream broke, or the loop is closed: we are leaving
            if not loop.is_closed():
                loop.call_soon_threadsafe(session.left.set)

    threading.Thread(target=read, name="reader", daemon=True).start()
