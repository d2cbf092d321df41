"""The sandbox that works on every POSIX system: resource limits, and what the kernel lets an
unprivileged process give up: the network, and writing elsewhere.

It does not keep a hostile program from reading the user's files; `bwrap` does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from repairlsp.sandbox.base import NEVER, Completed
from repairlsp.sandbox.landlock import WITH_TRUNCATE, landlock_version
from repairlsp.sandbox.supervise import supervise, usual_limits
from repairlsp.types import CancelToken

_NETWORK = "/proc/self/ns/net"


class LimitsSandbox:
    """Memory, processor time, file size and process limits; a cleared environment; no network
    where the kernel allows a user namespace; no writing but to the folders that the caller names
    where it has Landlock; the whole process tree gone at the end. With `shares_network` commands
    have the machine's own network."""

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
            writable=writable if landlock_version() else None,
            cancel=cancel,
        )


@lru_cache(maxsize=1)
def limits_gaps() -> tuple[str, ...]:
    """What tests can do under `limits` on this machine that they cannot under `bwrap`, each as
    the end of "tests can ...". Tried once, for 30 ms."""
    with tempfile.TemporaryDirectory(prefix="repairlsp-") as name:
        folder, elsewhere = Path(name, "own"), Path(name, "elsewhere")
        folder.mkdir()
        elsewhere.touch()
        done = LimitsSandbox().run(
            ["/bin/sh", "-c", f"readlink {_NETWORK}; (echo written > '{elsewhere}') 2>/dev/null"],
            cwd=folder,
            env={"PATH": "/usr/bin:/bin"},
            seconds=10.0,
            memory_bytes=1 << 30,
            writable=[folder],
        )
        written = elsewhere.stat().st_size > 0
    gaps = ["read your files"]
    if written:
        gaps.append("write your files")
    elif landlock_version() < WITH_TRUNCATE:
        gaps.append("empty your files")
    if done.output.strip() in ("", _network()):
        gaps.append("reach the network")
    return tuple(gaps)


def _network() -> str:
    """The name of our network namespace; empty where the system has none."""
    try:
        return str(Path(_NETWORK).readlink())
    except OSError:
        return ""
