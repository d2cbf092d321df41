"""What a sandbox is: it runs one command confined and says how the command ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from repairlsp.types import CancelToken

Ending = Literal["itself", "time", "cancel", "processes", "lost"]
"""What ended a command: itself, the time limit, a cancel, too many processes; or it was lost: the
launcher was killed, so that nobody knows."""


@dataclass(frozen=True, slots=True)
class Completed:
    """How a command ended.

    `exit_code` is the command's own (negative: the signal that killed it), None when it did not
    end by itself. `output` is stdout and stderr together, its middle left out when it is long.
    `seconds` is wall time.
    """

    exit_code: int | None
    output: str
    ended_by: Ending
    seconds: float

    @property
    def timed_out(self) -> bool:
        return self.ended_by == "time"

    @property
    def cancelled(self) -> bool:
        return self.ended_by == "cancel"


class Never:
    """The token of work that nobody cancels."""

    def is_set(self) -> bool:
        return False


NEVER = Never()


class Sandbox(Protocol):
    """Runs commands confined. Stateless, so it can be shared between threads."""

    @property
    def name(self) -> str:
        """The mode, as the user chooses it."""
        ...

    def run(
        self,
        command: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        seconds: float,
        memory_bytes: int,
        writable: Sequence[Path] = (),
        readable: Sequence[Path] = (),
        cancel: CancelToken = NEVER,
    ) -> Completed:
        """Run `command` in `cwd` and wait until it and every process it started are gone.

        `env` is the whole environment. `memory_bytes` bounds the address space of each process.
        `writable` and `readable` are the folders that the command needs beyond the system's own;
        a backend without file isolation ignores them. A program that cannot be started ends with
        exit code 127. Never raises because of what the command does.
        """
        ...
