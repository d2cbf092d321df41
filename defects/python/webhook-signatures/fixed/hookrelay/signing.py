"""Signatures of requests."""

from __future__ import annotations

import hashlib
import hmac


def signature(secret: str, time: int, body: bytes) -> str:
    """The value of `Hook-Signature` for a request that is sent at `time`."""
    signed = f"{time}.".encode() + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_signed(header: str, secret: str, time: int, body: bytes) -> bool:
    """Whether the value of `Hook-Signature` is the right one."""
    return hmac.compare_digest(header.encode(), signature(secret, time, body).encode())
