"""No sandbox, for those who ask for it in so many words: only the time limit holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from repairlsp.sandbox.base import NEVER, Completed
from repairlsp.sandbox.supervise import ResourceLimits, supervise
from repairlsp.types import CancelToken


class NoSandbox:
    """Runs commands with the user's rights. The process tree is still taken down at the end."""

    name = "none"

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
        unlimited = ResourceLimits()
        return supervise(
            command,
            cwd=cwd,
            env=env,
            seconds=seconds,
            limits=unlimited,
            offline=False,
            cancel=cancel,
        )
