"""Tests that fail only because they are confined: what they say gives them away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from repairlsp.sandbox.base import Sandbox

# EACCES is Landlock's answer, EROFS that of bubblewrap's mounts.
_DENIED = re.compile(r"(?:PermissionError|OSError): \[Errno (?:13|30)\] [^:]*: '(/[^']*)'")


def told_of_denial(sandbox: Sandbox, messages: Iterable[str], allowed: Path) -> str:
    """One sentence for people about the first place outside `allowed` that a failure's message
    says was denied; empty where none does. No bug that a patch could repair."""
    if sandbox.name == "none":
        return ""
    for message in messages:
        denied = _DENIED.search(message)
        if denied and not Path(denied[1]).is_relative_to(allowed):
            return (
                f"a test was denied {denied[1]}, most likely by the sandbox `{sandbox.name}`: let "
                "it write to its temporary folder, or override with --sandbox none"
            )
    return ""
