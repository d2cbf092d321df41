import hashlib
import hmac

import pytest
from hookrelay import Event, Receiver, make_request

NOW = 1_700_000_000


@pytest.fixture
def events():
    return []


@pytest.fixture
def receiver(events):
    return Receiver("s3cret", events.append, clock=lambda: NOW)


def test_there_and_back(receiver, events):
    event = Event("e1", "order.paid", {"total": 12.5, "to": "Žofie"})
    request = make_request("https://shop.example/hook", event, "s3cret", NOW)
    assert receiver.handle(request.headers, request.body) == 202
    assert events == [event]


def test_sent_again(receiver, events):
    request = make_request("https://shop.example/hook", Event("e1", "ping"), "s3cret", NOW - 9)
    statuses = [receiver.handle(request.headers, request.body) for _ in range(3)]
    assert statuses == [202, 200, 200]
    assert len(events) == 1


def test_a_service_in_another_language(receiver, events):
    body = b'{ "kind": "ping", "id": "e7" }\n'
    digest = hmac.new(b"s3cret", b"1700000000." + body, hashlib.sha256).hexdigest()
    headers = {"hook-time": "1700000000", "hook-signature": f"v1={digest}"}
    assert receiver.handle(headers, body) == 202
    assert events == [Event("e7", "ping")]


@pytest.mark.parametrize(("secret", "time"), [("guess", NOW), ("s3cret", NOW - 301)])
def test_refused(receiver, events, secret, time):
    request = make_request("https://shop.example/hook", Event("e1", "ping"), secret, time)
    assert receiver.handle(request.headers, request.body) == 401
    assert events == []
