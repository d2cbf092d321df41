"""pygls' JSON-RPC endpoint, held to the letter of LSP.

We keep pygls' types, converter, request bookkeeping and dispatch, and replace what it (2.1) does
otherwise than an editor needs:

- It gives no reply to a request with invalid params, without params, or after `shutdown`.
  Here every request has exactly one reply.
- It structures a message from inside the JSON decoder, at every nested object that has a
  "jsonrpc" key. Here the message is decoded first.
- Its built-in handlers keep a second copy of every document, split at the wrong line ends, and
  exit the process from inside a callback. Here all handlers are our own.
- Awaiting a client's reply in a task that gets cancelled raises InvalidStateError when the reply
  comes after all. Here a late reply is dropped.
- It logs a traceback, and may show a message, for errors that are plain answers. Here an error is
  either an answer (JsonRpcException, RepairlspError) or a bug, and only a bug has a traceback.
- It keeps the task of every notification for ever. Here it is let go when it is done.
- It reads standard input on the pool that handlers share, and waits for that pool at exit. Here a
  thread of our own reads (`app`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, BinaryIO

from cattrs import Converter
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import JsonRPCResponseMessage, LanguageServerProtocol

from repairlsp.errors import RepairlspError
from repairlsp.server import messages
from repairlsp.server.extensions import REQUESTS
from repairlsp.server.framing import BadHeader, write_frame
from repairlsp.server.messages import Id, InvalidMessageError

logger = logging.getLogger(__name__)


class Protocol(LanguageServerProtocol):
    """One connection to a client. Everything here runs on the event loop."""

    writer: FrameWriter
    shut_down = False
    """Whether `shutdown` was asked for: from then on there is only `exit`."""

    def __init__(self, server: LanguageServer, converter: Converter) -> None:
        super().__init__(server, converter)
        self._notifications: set[asyncio.Future[Any]] = set()

    def _register_builtin_features(self) -> None:
        """None: see the module's text."""

    def receive(self, frame: bytes | BadHeader) -> None:
        """Handle one frame from the client. Never raises for what the client sent."""
        if isinstance(frame, BadHeader):
            self._refuse(None, messages.PARSE_ERROR, frame.reason)
            return
        try:
            message = messages.parse(frame)
        except InvalidMessageError as error:
            self._refuse(error.id, error.code, str(error))
            return
        if "method" not in message:
            self._receive_response(message)
        elif message.get("id") is None:
            self._receive_notification(message)
        else:
            self._receive_request(message)

    def _receive_request(self, message: dict[str, Any]) -> None:
        id, method = message["id"], message["method"]
        if method == types.INITIALIZE:
            self._refuse(id, messages.INVALID_REQUEST, "initialize comes once")
        elif self.shut_down:
            self._refuse(id, messages.INVALID_REQUEST, "the server is shut down")
        elif method not in self.fm.features:
            self._refuse(id, messages.METHOD_NOT_FOUND, f"there is no method {method}")
        elif id in self._request_futures:
            self._refuse(id, messages.INVALID_REQUEST, f"request {id!r} is not answered yet")
        else:
            try:
                kind = REQUESTS.get(method) or self.get_message_type(method)
                request = self._structure(message, kind)
            except Exception as error:  # noqa: BLE001 - cattrs and the validators raise any kind
                text = f"invalid params for {method}: {_innermost(error)}"
                self._refuse(id, messages.INVALID_PARAMS, text)
            else:
                self.handle_message(request)

    def _receive_notification(self, message: dict[str, Any]) -> None:
        method = message["method"]
        if method != types.CANCEL_REQUEST and method not in self.fm.features:
            if not method.startswith("$/"):  # those may be ignored, says LSP
                logger.info("ignored: %s", method)
            return
        try:
            notification = self._structure(message, self.get_message_type(method))
        except Exception as error:  # noqa: BLE001 - as above
            logger.warning("ignored: invalid params for %s: %s", method, _innermost(error))
        else:
            self.handle_message(notification)

    def _receive_response(self, message: dict[str, Any]) -> None:
        id = message.get("id")
        kind = self._result_types.pop(id, None) if id is not None else None
        future = self._request_futures.get(id) if id is not None else None
        # What we asked waits as a concurrent future, what we were asked as an asyncio one.
        if not isinstance(future, Future) or future.done():
            return
        try:
            failed = "error" in message
            response = self._structure(message, types.ResponseErrorMessage if failed else kind)
        except Exception as error:  # noqa: BLE001 - as above
            del self._request_futures[message["id"]]
            text = f"the client's reply is not what LSP says: {_innermost(error)}"
            future.set_exception(JsonRpcException(text))
        else:
            self.handle_message(response)

    def _structure(self, message: dict[str, Any], kind: type[Any] | None) -> Any:
        return self._converter.structure(message, kind or JsonRPCResponseMessage)

    def _send_handler_result(self, future: Any, *, msg_id: Id) -> None:
        """Answer request `msg_id` with the outcome of its handler."""
        self._request_futures.pop(msg_id, None)
        if future.cancelled():
            self._refuse(msg_id, messages.REQUEST_CANCELLED, "cancelled")
        elif (error := future.exception()) is None:
            self._send_response(msg_id, result=future.result())
        elif isinstance(error, JsonRpcException):
            self._send_response(msg_id, error=error.to_response_error())
        elif isinstance(error, RepairlspError):
            text = f"{error}. {error.hint}" if error.hint else str(error)
            self._refuse(msg_id, messages.REQUEST_FAILED, text)
        else:
            logger.error("request %r failed", msg_id, exc_info=error)
            self._refuse(msg_id, messages.INTERNAL_ERROR, f"{type(error).__name__}: {error}")

    def _handle_notification(self, method_name: str, params: Any) -> None:
        if method_name == types.CANCEL_REQUEST:
            if params.id in self._request_futures:  # else it crossed its request's reply
                self._handle_cancel_notification(params.id)
            return
        task = asyncio.ensure_future(self.fm.features[method_name](params))
        self._notifications.add(task)  # the event loop itself holds tasks only weakly
        task.add_done_callback(self._notifications.discard)
        task.add_done_callback(self._check_handler_result)

    def _check_handler_result(self, future: Any) -> None:
        """Log what went wrong in a notification's handler; there is nobody to answer."""
        if not future.cancelled() and (error := future.exception()) is not None:
            logger.error("a notification's handler failed", exc_info=error)

    def _refuse(self, id: Id | None, code: int, message: str) -> None:
        logger.info("refused %r: %s", id, message)
        # Not pygls' ResponseErrorMessage: that leaves out an id of null, which JSON-RPC demands.
        self.writer.send(messages.error(id, code, message))

    def cancel_all(self) -> None:
        """Cancel every request in flight, except the one being handled."""
        for id, future in tuple(self._request_futures.items()):
            if id != self.msg_id and isinstance(future, asyncio.Future):
                future.cancel()


class FrameWriter:
    """Where the protocol writes to. `lost` is called, once, when the client no longer reads."""

    def __init__(self, stream: BinaryIO, lost: Callable[[], None]) -> None:
        self._stream = stream
        self._lost: Callable[[], None] | None = lost

    def send(self, body: bytes) -> None:
        self._guard(lambda: write_frame(self._stream, body))

    def write(self, data: bytes) -> None:
        """What pygls calls, with a whole frame."""
        self._guard(lambda: (self._stream.write(data), self._stream.flush()))

    def close(self) -> None:
        self._stream.close()

    def _guard(self, write: Callable[[], object]) -> None:
        try:
            write()
        except (BrokenPipeError, ConnectionError):
            if self._lost is not None:
                self._lost()
                self._lost = None


def _innermost(cause: BaseException) -> str:
    """What is wrong with a message, in one line: the first leaf of cattrs' tree of errors."""
    while isinstance(cause, BaseExceptionGroup):
        cause = cause.exceptions[0]
    text = str(cause) if str(cause) else type(cause).__name__
    return f"missing {text}" if isinstance(cause, KeyError) else text.splitlines()[0][:200]
