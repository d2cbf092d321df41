"""One file per command of `workspace/executeCommand`: its name, and the coroutine that does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from repairlsp.server.commands import alternatives, fix, fixtest, runtests
from repairlsp.server.session import Session

Command = Callable[[Session, Sequence[Any], str | int | None], Awaitable[Any]]
"""Takes the arguments and the client's progress token."""

COMMANDS: Mapping[str, Command] = MappingProxyType(
    {module.NAME: module.handle for module in (alternatives, fix, fixtest, runtests)}
)

__all__ = ["COMMANDS", "Command"]
