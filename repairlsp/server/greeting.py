"""The first exchange, `initialize` and its reply, with nothing imported but the standard library.

Importing pygls costs 0.6 to 1.2 s of CPU time on two cores, nearly all of it in lsprotocol,
which builds 554 attrs classes and compiles source text for each. Structuring one editor's
capabilities into those classes costs some more. The reply needs none of it, so it is sent first,
and the import runs while the editor is busy with the reply. What the editor sends meanwhile waits
in the pipe.
"""

from __future__ import annotations

from typing import NamedTuple

from repairlsp import __version__
from repairlsp.server import messages
from repairlsp.server.capabilities import server_capabilities
from repairlsp.server.client import Client
from repairlsp.server.framing import BadHeader, read_frame, write_frame
from repairlsp.server.messages import InvalidMessageError
from repairlsp.server.stdio import Streams


class Ended(NamedTuple):
    """The client left before it was initialized."""

    exit_code: int


def greet(streams: Streams) -> Client | Ended:
    """Answer what comes until a valid `initialize` was answered."""
    while (frame := read_frame(streams.reader)) is not None:
        if isinstance(frame, BadHeader):
            reply = messages.error(None, messages.PARSE_ERROR, frame.reason)
            write_frame(streams.writer, reply)
            continue
        try:
            message = messages.parse(frame)
        except InvalidMessageError as error:
            write_frame(streams.writer, messages.error(error.id, error.code, str(error)))
            continue
        method, id = message.get("method"), message.get("id")
        if method == "exit":
            break
        if id is None or method is None:
            continue  # LSP: notifications before `initialize` are dropped
        if method != "initialize":
            text = "initialize comes first"
            reply = messages.error(id, messages.SERVER_NOT_INITIALIZED, text)
            write_frame(streams.writer, reply)
            continue
        try:
            client = Client.from_params(message.get("params"))
        except ValueError as invalid:
            reply = messages.error(id, messages.INVALID_PARAMS, str(invalid))
            write_frame(streams.writer, reply)
            continue
        value = {
            "capabilities": server_capabilities(client),
            "serverInfo": {"name": "repairlsp", "version": __version__},
        }
        write_frame(streams.writer, messages.result(id, value))
        return client
    return Ended(exit_code=1)
