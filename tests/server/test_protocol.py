"""JSON-RPC to the letter: every request has exactly one reply, and nothing breaks the server."""

from __future__ import annotations

import pytest

from repairlsp.server import messages
from tests.server.raw import SECONDS, RawServer

URI = "file:///nowhere/a.py"


def still_works(server: RawServer) -> bool:
    """Whether a later request is answered, and nothing else was."""
    server.send(id=99, method="textDocument/codeAction", params=code_action_params())
    while (reply := server.receive()).get("method") == "window/logMessage":
        pass
    return reply.get("id") == 99 and reply["result"] == []


def code_action_params() -> dict[str, object]:
    start = {"line": 0, "character": 0}
    return {
        "textDocument": {"uri": URI},
        "range": {"start": start, "end": start},
        "context": {"diagnostics": []},
    }


NO_MESSAGES = pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", messages.PARSE_ERROR),
        (b"\xff\xfe", messages.PARSE_ERROR),
        (b"[" * 100_000, messages.PARSE_ERROR),
        (b"", messages.PARSE_ERROR),
        (b"[]", messages.INVALID_REQUEST),
        (b"null", messages.INVALID_REQUEST),
        (b'"text"', messages.INVALID_REQUEST),
        (b"{}", messages.INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "id": {}, "method": "shutdown"}', messages.INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "id": true, "method": "shutdown"}', messages.INVALID_REQUEST),
    ],
)


@NO_MESSAGES
def test_what_is_no_message_is_refused(warm_server: RawServer, body: bytes, code: int) -> None:
    warm_server.send_body(body)
    reply = warm_server.receive()
    assert (reply["id"], reply["error"]["code"]) == (None, code)
    assert still_works(warm_server)


@NO_MESSAGES
def test_also_before_initialize(server: RawServer, body: bytes, code: int) -> None:
    server.send_body(body)
    reply = server.receive()
    assert (reply["id"], reply["error"]["code"]) == (None, code)
    assert "result" in server.request(1, "initialize", {"processId": None, "capabilities": {}})


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"method": "no/such"}, messages.METHOD_NOT_FOUND),
        ({"method": "$/noSuch"}, messages.METHOD_NOT_FOUND),
        ({"method": "textDocument/hover", "params": {}}, messages.METHOD_NOT_FOUND),
        ({"method": 7}, messages.INVALID_REQUEST),
        ({"method": "textDocument/codeAction"}, messages.INVALID_PARAMS),
        ({"method": "textDocument/codeAction", "params": None}, messages.INVALID_PARAMS),
        ({"method": "textDocument/codeAction", "params": []}, messages.INVALID_PARAMS),
        ({"method": "textDocument/codeAction", "params": {"range": 1}}, messages.INVALID_PARAMS),
        ({"method": "codeAction/resolve", "params": {}}, messages.INVALID_PARAMS),
        ({"method": "codeAction/resolve", "params": {"title": "x"}}, messages.INVALID_PARAMS),
        (
            {"method": "workspace/executeCommand", "params": {"command": "no.such"}},
            messages.INVALID_PARAMS,
        ),
        (
            {"method": "workspace/executeCommand", "params": {"command": "repairlsp.fix"}},
            messages.INVALID_PARAMS,
        ),
        ({"method": "initialize", "params": {"capabilities": {}}}, messages.INVALID_REQUEST),
    ],
)
def test_a_bad_request_has_one_error(
    warm_server: RawServer, message: dict[str, object], code: int
) -> None:
    warm_server.send(id=5, **message)
    reply = warm_server.receive()
    assert (reply["id"], reply["error"]["code"]) == (5, code)
    assert "\n" not in reply["error"]["message"]
    assert still_works(warm_server)


def test_a_negative_position_is_invalid(warm_server: RawServer) -> None:
    params = code_action_params()
    params["range"] = {"start": {"line": -1, "character": 0}, "end": {"line": 0, "character": 0}}
    reply = warm_server.request(5, "textDocument/codeAction", params)
    assert reply["error"]["code"] == messages.INVALID_PARAMS


def test_before_initialize(server: RawServer) -> None:
    server.open(URI, "x = 1\n")  # dropped, as LSP says
    reply = server.request(1, "textDocument/codeAction", code_action_params())
    assert reply["error"]["code"] == messages.SERVER_NOT_INITIALIZED
    reply = server.request(2, "initialize", {"processId": None})
    assert reply["error"]["code"] == messages.INVALID_PARAMS
    server.initialize()
    assert still_works(server)


def test_notifications_have_no_reply(warm_server: RawServer) -> None:
    warm_server.send(method="no/such", params={})
    warm_server.send(method="$/noSuch")
    warm_server.send(method="textDocument/didOpen")
    warm_server.send(method="textDocument/didChange", params={"textDocument": 3})
    warm_server.send(method="$/cancelRequest", params={"id": 12345})
    warm_server.send(method="$/cancelRequest")
    warm_server.send(method="window/workDoneProgress/cancel", params={"token": "unknown"})
    warm_server.send(method="$/setTrace", params={"value": "verbose"})
    warm_server.send(method="$/setTrace", params={"value": "off"})
    warm_server.send(id="not ours", result=None)
    warm_server.send(id=99, result=None)  # a reply with the id of a request to come
    assert still_works(warm_server)


@pytest.mark.parametrize(
    "junk",
    [
        b"hello\r\n\r\n",
        b"Content-Length: -5\r\n\r\n{}",
        b"Content-Length: 9999999999999999\r\n\r\n",
    ],
)
def test_a_broken_header(warm_server: RawServer, junk: bytes) -> None:
    warm_server.write(junk)
    warm_server.send(id=5, method="textDocument/codeAction", params=code_action_params())
    refused, answered = warm_server.receive(), warm_server.receive()
    assert (refused["id"], refused["error"]["code"]) == (None, messages.PARSE_ERROR)
    assert (answered["id"], answered["result"]) == (5, [])


def test_shutdown_and_exit(server: RawServer) -> None:
    server.initialize()
    assert server.request(1, "shutdown")["result"] is None
    reply = server.request(2, "textDocument/codeAction", code_action_params())
    assert reply["error"]["code"] == messages.INVALID_REQUEST
    server.send(method="exit")
    assert server.rest() == []
    assert server.process.wait(SECONDS) == 0
    assert server.errors.read_text() == ""


@pytest.mark.parametrize("initialized", [False, True])
def test_exit_without_shutdown(server: RawServer, initialized: bool) -> None:
    if initialized:
        server.initialize()
    server.send(method="exit")
    assert server.process.wait(SECONDS) == 1


def test_string_and_number_ids(warm_server: RawServer) -> None:
    for id in ("seven", 7, "7", 2**40):
        warm_server.send(id=id, method="textDocument/codeAction", params=code_action_params())
        assert warm_server.receive()["id"] == id


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [(["utf-8", "utf-16"], "utf-8"), (["utf-32"], "utf-32"), (None, "utf-16")],
)
def test_the_position_encoding(server: RawServer, offered: list[str] | None, chosen: str) -> None:
    general = {} if offered is None else {"general": {"positionEncodings": offered}}
    assert server.initialize(general)["positionEncoding"] == chosen
