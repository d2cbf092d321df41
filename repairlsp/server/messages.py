"""JSON-RPC 2.0 messages as plain JSON: what can be said of one without knowing its method."""

from __future__ import annotations

import json
from typing import Any, Final

PARSE_ERROR: Final = -32700
INVALID_REQUEST: Final = -32600
METHOD_NOT_FOUND: Final = -32601
INVALID_PARAMS: Final = -32602
INTERNAL_ERROR: Final = -32603
SERVER_NOT_INITIALIZED: Final = -32002
REQUEST_CANCELLED: Final = -32800
CONTENT_MODIFIED: Final = -32801
REQUEST_FAILED: Final = -32803

Id = int | str


class InvalidMessageError(Exception):
    """Bytes that are no JSON-RPC message. `id` is the request's to be answered, if it is known."""

    def __init__(self, code: int, message: str, id: Id | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.id = id


def parse(body: bytes) -> dict[str, Any]:
    """The message in `body`: a request or notification (`method`), or a response (`id`).

    Raises InvalidMessageError.
    """
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidMessageError(PARSE_ERROR, f"the message is not JSON: {error}") from error
    if not isinstance(message, dict):
        kind = "a batch" if isinstance(message, list) else json.dumps(message)[:40]
        raise InvalidMessageError(INVALID_REQUEST, f"a message is a JSON object, not {kind}")
    id = message.get("id")
    if isinstance(id, bool) or not isinstance(id, int | str | None):
        raise InvalidMessageError(INVALID_REQUEST, "an id is a string or an integer")
    if message.get("jsonrpc") != "2.0":
        raise InvalidMessageError(INVALID_REQUEST, 'a message needs "jsonrpc": "2.0"', id)
    if not isinstance(message.get("method", ""), str):
        raise InvalidMessageError(INVALID_REQUEST, "a method is a string", id)
    if "method" not in message and "result" not in message and "error" not in message:
        raise InvalidMessageError(INVALID_REQUEST, "a message without a method or a result", id)
    return message


def result(id: Id, value: Any) -> bytes:
    return _encode({"jsonrpc": "2.0", "id": id, "result": value})


def error(id: Id | None, code: int, message: str) -> bytes:
    return _encode({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})


def _encode(message: dict[str, Any]) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode()
