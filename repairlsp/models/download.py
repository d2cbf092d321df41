"""One file over HTTP: resumed where it broke off, never more than was announced.

The standard library's client is enough: what arrives is held against a SHA-256 that is known
beforehand, so the hub needs no other treatment than any server, and its own client would bring
ten packages. Proxies are those of the environment (HTTPS_PROXY, NO_PROXY).
"""

from __future__ import annotations

import hashlib
import http.client
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from repairlsp.errors import ModelError

_SECONDS = 30.0
"""Without a byte for so long, the connection counts as broken."""
_CHUNK = 1 << 20
PAUSES = (0.5, 2.0, 5.0, 10.0)
"""Seconds before each further try; a try that came further than all before starts them anew."""

Observe = Callable[[int], None]
"""Told how many more bytes have come."""


def download(
    url: str,
    path: Path,
    *,
    size: int,
    sha256: str,
    observe: Observe = lambda count: None,
    pauses: Sequence[float] = PAUSES,
) -> None:
    """Bring `path` to hold exactly the bytes that `size` and `sha256` describe.

    What `path` holds already is gone on from; what turns out wrong is thrown away and fetched
    again, once. Raises ModelError; then `path` holds what came so far, for the next time.
    """
    for attempt in ("resumed", "anew"):
        _fetch(url, path, size, observe, pauses)
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == sha256:
                return
        path.unlink()
        if attempt == "anew":
            raise ModelError(
                f"{url} is not what the manifest says: its SHA-256 differs",
                "What is on the server is damaged or was changed; tell whoever keeps it.",
            )


def read_small(url: str, *, limit: int, pauses: Sequence[float] = PAUSES) -> bytes:
    """The whole of a file of at most `limit` bytes. Raises ModelError."""
    for pause in (*pauses, None):
        try:
            with _open(url) as response:
                data: bytes = response.read(limit + 1)
                if len(data) <= limit and response.length in (None, 0):
                    return data
            if len(data) > limit:
                raise ModelError(f"{url} is larger than {limit:,} bytes, so it is no manifest")
            reason = "the connection broke off"
        except (OSError, http.client.HTTPException) as error:
            reason = _reason(url, error)
        _wait(url, pause, reason)
    raise AssertionError("the last pause raises")


def _fetch(url: str, path: Path, size: int, observe: Observe, pauses: Sequence[float]) -> None:
    """Append to `path` until it has `size` bytes."""
    left = list(pauses)
    if path.exists() and path.stat().st_size > size:
        path.unlink()
    furthest = have = path.stat().st_size if path.exists() else 0
    observe(have)
    while have < size or not path.exists():
        try:
            with _open(url, start=have) as response:
                if have and response.status != http.HTTPStatus.PARTIAL_CONTENT:
                    observe(-have)  # a server that knows no ranges sends all of it again
                    have = 0
                _append(response, url, path, have, size, observe)
            reason = "the connection broke off"
        except (OSError, http.client.HTTPException) as error:
            reason = _reason(url, error)
            if getattr(error, "code", 0) == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                observe(-have)
                path.unlink(missing_ok=True)  # more is here than the server has
        have = path.stat().st_size if path.exists() else 0
        if have > furthest:
            furthest, left = have, list(pauses)
        if have < size or not path.exists():
            _wait(url, left.pop(0) if left else None, reason)


def _append(
    response: IO[bytes], url: str, path: Path, have: int, size: int, observe: Observe
) -> None:
    """Keeps what comes, until the end, or until the connection breaks."""
    with path.open("r+b" if have else "wb") as file:
        file.seek(have)
        file.truncate()
        while chunk := _read(response, min(_CHUNK, size - have + 1)):
            have += len(chunk)
            if have > size:
                raise ModelError(f"{url}: the server sends more than the manifest says")
            file.write(chunk)
            observe(len(chunk))
        file.flush()
        os.fsync(file.fileno())


def _read(response: IO[bytes], count: int) -> bytes:
    try:
        return response.read(count)
    except http.client.IncompleteRead as error:
        return error.partial
    except OSError:
        return b""


def _open(url: str, start: int = 0) -> Any:
    headers = {"User-Agent": "repairlsp", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    request = urllib.request.Request(url, headers=headers)
    token, endpoint = os.environ.get("HF_TOKEN"), os.environ.get("HF_ENDPOINT")
    if token and _origin(url) == _origin(endpoint or "https://huggingface.co"):
        # Unredirected: a redirect leads to other people's servers.
        request.add_unredirected_header("Authorization", f"Bearer {token}")
    return urllib.request.build_opener(_Redirects).open(request, timeout=_SECONDS)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but not from https to anything else."""

    def redirect_request(  # type: ignore[no-untyped-def]
        self, req, fp, code, msg, headers, newurl
    ):
        if urlsplit(req.full_url).scheme == "https" and urlsplit(newurl).scheme != "https":
            raise urllib.error.URLError(f"it redirects to an unencrypted address, {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _reason(url: str, error: Exception) -> str:
    """Why a try failed. Raises ModelError where another one would say the same."""
    if isinstance(error, urllib.error.HTTPError):
        if error.code < 500 and error.code not in (408, 416, 429):
            hints = {
                401: "Is the model private? Set HF_TOKEN.",
                403: "Is the model private? Set HF_TOKEN.",
                404: "Check the address. A model folder has a manifest.json.",
            }
            raise ModelError(
                f"{url}: the server says {error.code} {error.reason}", hints.get(error.code, "")
            ) from error
        return f"the server says {error.code} {error.reason}"
    return str(getattr(error, "reason", "") or error or type(error).__name__)


def _wait(url: str, pause: float | None, reason: str) -> None:
    if pause is None:
        raise ModelError(
            f"{url} could not be downloaded: {reason}",
            "Run the same command again: it goes on where it stopped.",
        )
    time.sleep(pause)
