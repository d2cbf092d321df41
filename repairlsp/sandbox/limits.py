"""The sandbox that works on every POSIX system: resource limits, no network where possible.

It does not keep a hostile program from reading the user's files; `bwrap` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from repairlsp.sandbox.base import NEVER, Completed
from repairlsp.sandbox.supervise import supervise, usual_limits
from repairlsp.types import CancelToken


class LimitsSandbox:
    """Memory, processor time, file size and process limits; a cleared environment; no network
    where the kernel allows a user namespace; the whole process tree gone at the end. With
    `shares_network` commands have the machine's own network."""

    name = "limits"

    def __init__(self, *, shares_network: bool = False) -> None:
        self._offline = not shares_network

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
        limits = usual_limits(memory_bytes, seconds)
        return supervise(
            command,
            cwd=cwd,
            env=env,
            seconds=seconds,
            limits=limits,
            offline=self._offline,
            cancel=cancel,
        )
