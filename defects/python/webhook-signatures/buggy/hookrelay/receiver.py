"""Takes requests in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from hookrelay.event import Event
from hookrelay.inbox import Inbox
from hookrelay.signing import is_signed

MAX_AGE = 300
"""How many seconds the sender's clock may differ from ours."""

Handler = Callable[[Event], object]


class Receiver:
    """Calls `handler` for each event, once. `clock` says how late it is, in seconds since 1970."""

    def __init__(self, secret: str, handler: Handler, clock: Callable[[], float]) -> None:
        self._secret = secret
        self._handler = handler
        self._clock = clock
        self._inbox = Inbox()

    def handle(self, headers: Mapping[str, str], body: bytes) -> int:
        """Take a request in; the status of the answer.

        400 for a request that is no event, 401 for one that is not signed or too old, 200 for an
        event that has come before, and 202 for a new one.
        """
        found = {name.lower(): value for name, value in headers.items()}
        try:
            time = int(found["hook-time"])
            header = found["hook-signature"]
        except (KeyError, ValueError):
            return 401
        if abs(self._clock() - time) > MAX_AGE:
            return 401
        try:
            payload = json.loads(body)
            if not is_signed(header, self._secret, time, payload):
                return 401
            event = Event.from_payload(payload)
        except ValueError:
            return 400
        if not self._inbox.is_new(event.id):
            return 200
        self._handler(event)
        return 202
