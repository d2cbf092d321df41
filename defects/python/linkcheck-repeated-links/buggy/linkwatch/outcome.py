"""What a check can say about a link."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

# The first class that fits says what an error means.
_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (TimeoutError, "timed out"),
    (ssl.SSLError, "bad certificate"),
    (ConnectionRefusedError, "refused"),
    (OSError, "unreachable"),
    (ValueError, "not a link"),
)


@dataclass(frozen=True)
class Response:
    """What a host answered. `location` is where a redirect leads."""

    status: int
    location: str = ""


@dataclass(frozen=True)
class Outcome:
    """`reason` is empty for a link that works."""

    url: str
    reason: str = ""

    @property
    def works(self) -> bool:
        return not self.reason

    @property
    def may_recover(self) -> bool:
        """Whether it is worth asking again later."""
        return self.reason in ("timed out", "refused", "status 503")


def from_response(url: str, response: Response) -> Outcome:
    if response.status < 400:
        return Outcome(url)
    return Outcome(url, f"status {response.status}")


def from_error(url: str, error: Exception) -> Outcome:
    """What the error of a request says about the link. Errors of other kinds are raised again."""
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return Outcome(url, reason)
    raise error
