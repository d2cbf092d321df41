"""Signatures of requests."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any


def signature(secret: str, time: int, payload: Any) -> str:
    """The value of `Hook-Signature` for a request that is sent at `time`."""
    signed = f"{time}.{json.dumps(payload, sort_keys=True)}"
    return "v1=" + hmac.new(secret.encode(), signed.encode(), hashlib.sha256).hexdigest()


def is_signed(header: str, secret: str, time: int, payload: Any) -> bool:
    """Whether the value of `Hook-Signature` is the right one."""
    return hmac.compare_digest(header.encode(), signature(secret, time, payload).encode())
