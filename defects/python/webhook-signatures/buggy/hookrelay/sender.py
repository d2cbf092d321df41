"""Makes requests."""

from __future__ import annotations

import json
from typing import NamedTuple

from hookrelay.event import Event
from hookrelay.signing import signature


class Request(NamedTuple):
    url: str
    headers: dict[str, str]
    body: bytes


def make_request(url: str, event: Event, secret: str, time: int) -> Request:
    """The request that tells the service at `url` of an event."""
    payload = event.payload()
    headers = {
        "Content-Type": "application/json",
        "Hook-Id": event.id,
        "Hook-Time": str(time),
        "Hook-Signature": signature(secret, time, payload),
    }
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return Request(url, headers, body)
