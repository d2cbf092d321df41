"""Sends events to other services as signed HTTP requests, and takes such requests in.

A request has the event as JSON in its body, and these headers:

- `Hook-Id`: the event's id, the same when it is sent again;
- `Hook-Time`: when it was sent, in seconds since 1970;
- `Hook-Signature`: `v1=` and the HMAC-SHA256 in hexadecimal digits, keyed with the secret that the
  two services share, of the time, a full stop and the body, octet for octet as it is sent.

Services in any language take part; each writes JSON as it likes.
"""

from hookrelay.event import Event
from hookrelay.receiver import Receiver
from hookrelay.sender import Request, make_request

__all__ = ["Event", "Receiver", "Request", "make_request"]
