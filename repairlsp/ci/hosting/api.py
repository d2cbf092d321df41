"""A web API over HTTP, patiently: rate limits are waited for, what is lost on the way is sent again
where that does no harm."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx2
import tenacity

from repairlsp.errors import BrokenEnvironmentError

_ATTEMPTS: Final = 6
_LONGEST_WAIT: Final = 300.0
"""Seconds: a job is not held up longer than that for one answer."""
_PAGE: Final = 100
_PAGES: Final = 20
_HARMLESS: Final = frozenset({"GET", "PUT", "PATCH", "DELETE"})
"""Sent twice they do what they do once (RFC 9110, section 9.2.2; PATCH as these APIs define it)."""

Json = Any


class HostError(BrokenEnvironmentError):
    """The API refused, or could not be reached."""


class RejectedError(HostError):
    """The API understood, and found something wrong with what it was sent (400, 422)."""


class LostError(HostError):
    """The connection broke after something was sent that must not be sent twice: it may have been
    done or not, so look before doing it again."""


class _Again(Exception):  # noqa: N818 (it is no error, but a wish)
    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds


class Api:
    """One API under `url`. Headers, such as the token, go with each request and nowhere else:
    redirects are not followed. `pause` waits so many seconds."""

    def __init__(
        self, url: str, headers: Mapping[str, str], pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._client = httpx2.Client(
            base_url=url.rstrip("/") + "/",
            headers={"User-Agent": "repairlsp", **headers},
            timeout=httpx2.Timeout(30.0),
        )
        self._pause = pause

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, path: str, **params: str | int) -> Json:
        """The JSON at a path."""
        return self.send("GET", path, params=params).json()

    def text(self, path: str, accept: str) -> str:
        """What is at a path, in another media type."""
        return self.send("GET", path, headers={"Accept": accept}).text

    def pages(self, path: str, **params: str | int) -> Iterator[Json]:
        """The items of a list, page after page."""
        for page in range(1, _PAGES + 1):
            items = self.get(path, per_page=_PAGE, page=page, **params)
            yield from items
            if len(items) < _PAGE:
                return

    def send(
        self,
        method: str,
        path: str,
        json: Json = None,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx2.Response:
        """Send a request until there is an answer to it.

        Raises RejectedError, LostError (never for what can be sent twice) and HostError.
        """
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_Again),
            wait=_seconds,
            stop=tenacity.stop_after_attempt(_ATTEMPTS),
            sleep=self._pause,
            reraise=True,
        )
        try:
            return retrying(self._once, method, path, json, params, headers)
        except _Again as error:
            raise HostError(f"{method} {path}: {error}", "try again later") from error

    def _once(
        self,
        method: str,
        path: str,
        json: Json,
        params: Mapping[str, str | int] | None,
        headers: Mapping[str, str] | None,
    ) -> httpx2.Response:
        try:
            answer = self._client.request(
                method, path.lstrip("/"), json=json, params=params, headers=headers
            )
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise _Again(f"no connection: {error}") from error  # nothing was sent yet
        except httpx2.TransportError as error:
            if method in _HARMLESS:
                raise _Again(f"the connection was lost: {error}") from error
            raise LostError(f"{method} {path}: the connection was lost: {error}") from error
        return _checked(answer, method, path)


def _checked(answer: httpx2.Response, method: str, path: str) -> httpx2.Response:
    status = answer.status_code
    if answer.is_success:
        return answer
    if (wait := _rate_limit(answer)) is not None:
        if wait > _LONGEST_WAIT:
            raise HostError(
                f"{method} {path}: the rate limit is used up for {wait:.0f} s", "try again then"
            )
        raise _Again("the rate limit is used up", wait)
    if status >= 500:
        if method in _HARMLESS:
            raise _Again(f"the server answered {status}")
        raise LostError(f"{method} {path}: the server answered {status}")
    told = _told(answer)
    if status in (400, 422):
        raise RejectedError(f"{method} {path}: {status} {told}")
    hint = "check what the token may do" if status in (401, 403, 404) else ""
    raise HostError(f"{method} {path}: {status} {told}", hint)


def _rate_limit(answer: httpx2.Response) -> float | None:
    """Seconds to wait where the answer is that of a rate limit; None where it is none.

    https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api and
    https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/
    """
    headers = answer.headers
    if answer.status_code not in (403, 429):
        return None
    if (after := headers.get("retry-after", "")).isdecimal():
        return float(after)
    used_up = "0" in (headers.get("x-ratelimit-remaining"), headers.get("ratelimit-remaining"))
    reset = headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset") or ""
    if used_up and reset.isdecimal() and (now := _server_time(answer)) is not None:
        return max(0.0, float(reset) - now) + 1.0
    return 60.0 if used_up or answer.status_code == 429 else None


def _server_time(answer: httpx2.Response) -> float | None:
    """The server's clock, in seconds since 1970: ours may be set otherwise."""
    try:
        return parsedate_to_datetime(answer.headers["date"]).timestamp()
    except (KeyError, ValueError):
        return None


def _seconds(state: tenacity.RetryCallState) -> float:
    """What the server asked for, else 1, 2, 4, 8 ... seconds."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, _Again) and error.seconds is not None:
        return error.seconds
    return float(2 ** (state.attempt_number - 1))


def _told(answer: httpx2.Response) -> str:
    """What the answer says is wrong, on one line."""
    try:
        body = answer.json()
    except ValueError:
        return answer.reason_phrase
    parts = [body.get("message"), body.get("error"), body.get("errors")] if body else []
    return " ".join(" ".join(str(part) for part in parts if part).split())[:300]
