import hashlib
import hmac
import json

import pytest
from hookrelay import Event, Receiver, make_request

NOW = 1_700_000_000
SECRET = "clé secrète"


def headers(body, time=NOW, secret=SECRET):
    digest = hmac.new(secret.encode(), str(time).encode() + b"." + body, hashlib.sha256)
    return {"Hook-Time": str(time), "Hook-Signature": f"v1={digest.hexdigest()}"}


@pytest.fixture
def events():
    return []


@pytest.fixture
def receiver(events):
    return Receiver(SECRET, events.append, clock=lambda: NOW)


BODIES = [
    b'{"id":"1"}',
    b' {"id" : "1"}',
    b'{"kind": "a", "id": "1", "data": null}',
    '{"id": "1", "data": "žluťoučký"}'.encode(),
    b'{"id": "1", "data": "\\u017elu\\/t"}',
    b'{"id": "1", "data": [1.0, 1e3, 10000000000000000000000, -0.0]}',
    b'{"id": "0", "id": "1"}',
    b'{\r\n\t"data": {"b": 1, "a": 2},\r\n\t"id": "1"\r\n}\r\n',
]


@pytest.mark.parametrize("body", BODIES)
def test_any_json_will_do(receiver, events, body):
    assert receiver.handle(headers(body), body) == 202
    assert [(event.id, event.data) for event in events] == [("1", json.loads(body).get("data"))]


@pytest.mark.parametrize("body", BODIES)
def test_every_octet_is_signed(receiver, events, body):
    for changed in (body + b" ", b"\n" + body, body.replace(b'"id"', b' "id"')):
        assert receiver.handle(headers(body), changed) == 401
    assert events == []


def test_requests_are_signed_as_documented():
    for data in (None, {"b": 1, "a": [1.5, "é"]}, "☃", 1e100):
        event = Event("1", "x.y", data)
        request = make_request("https://a.example", event, SECRET, 12345)
        assert json.loads(request.body) == {"id": "1", "kind": "x.y", "data": data}
        expected = headers(request.body, 12345)
        assert {name: request.headers[name] for name in expected} == expected


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"kind": "x"}', b'{"id": 1}', b"\xff"])
def test_signed_nonsense(receiver, events, body):
    assert receiver.handle(headers(body), body) == 400
    assert events == []


def test_the_time_is_signed(receiver):
    body = b'{"id":"1"}'
    later = {**headers(body, NOW - 1), "Hook-Time": str(NOW)}
    assert receiver.handle(later, body) == 401


@pytest.mark.parametrize("missing", ["Hook-Time", "Hook-Signature"])
def test_missing_headers(receiver, missing):
    body = b'{"id":"1"}'
    found = headers(body)
    del found[missing]
    assert receiver.handle(found, body) == 401


def test_another_secret(receiver):
    body = b'{"id":"1"}'
    assert receiver.handle(headers(body, secret="other"), body) == 401
