"""The sandbox made of namespaces, by bubblewrap (https://github.com/containers/bubblewrap).

A file system of its own: the system's folders read-only, the folders the caller names, nothing of
the user's home; no network but loopback; its own processes. Resource limits as in `limits`.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from repairlsp.sandbox.base import NEVER, Completed
from repairlsp.sandbox.supervise import supervise, usual_limits
from repairlsp.types import CancelToken

_SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/opt",
    "/nix/store",
    "/gnu/store",
    "/run/current-system",
)
# What libc and common programs read there; not the machine's keys and passwords.
_ETC = (
    "alternatives",
    "ca-certificates",
    "crypto-policies",
    "fonts",
    "group",
    "host.conf",
    "hosts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "locale.alias",
    "locale.conf",
    "magic",
    "mime.types",
    "nsswitch.conf",
    "os-release",
    "passwd",
    "pki",
    "protocols",
    "services",
    "ssl/certs",
    "ssl/openssl.cnf",
    "static",
    "timezone",
)


class BwrapSandbox:
    """Runs commands under bubblewrap. Make one with `choose`, which checks that it works here.
    With `shares_network` they have the machine's own network."""

    name = "bwrap"

    def __init__(self, program: str, *, shares_network: bool = False) -> None:
        self._program = program
        self._network = ("--share-net",) if shares_network else ()

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
        options = _options(writable, readable, cwd)
        confined = [self._program, "--unshare-all", *self._network, *options, "--", *command]
        limits = usual_limits(memory_bytes, seconds)
        # bwrap unshares the network itself, and does so only outside a user namespace of ours.
        return supervise(
            confined, cwd=cwd, env=env, seconds=seconds, limits=limits, offline=False, cancel=cancel
        )


def _options(writable: Sequence[Path], readable: Sequence[Path], cwd: Path) -> Iterator[str]:
    yield from ("--die-with-parent", "--new-session")
    if Path("/") in readable:
        yield from ("--ro-bind", "/", "/")
    else:
        yield from _system()
        yield from ("--tmpfs", "/tmp")
    yield from ("--proc", "/proc", "--dev", "/dev")
    # Parents before children: a later mount hides what an earlier one put below it.
    for path in sorted({path for path in readable if path != Path("/")}):
        yield from ("--ro-bind-try", str(path), str(path))
    for path in sorted(set(writable)):
        yield from ("--bind", str(path), str(path))
    yield from ("--remount-ro", "/", "--chdir", str(cwd))


def _system() -> Iterator[str]:
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), name)
        elif path.is_dir():
            yield from ("--ro-bind", name, name)
    for name in _ETC:
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
    yield from ("--dir", "/var", "--symlink", "/tmp", "/var/tmp", "--dir", "/run")


@lru_cache(maxsize=1)
def bwrap_problem() -> str | None:
    """Why bubblewrap cannot be used on this machine; None when it can. Tried once, for 10 ms."""
    program = shutil.which("bwrap")
    if program is None:
        return "the program `bwrap` is not installed"
    options = _options((), (), Path("/"))
    command = [program, "--unshare-all", *options, "--", "/bin/sh", "-c", ":"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"`{program}` does not run: {error}"
    if done.returncode == 0:
        return None
    said = done.stderr.strip().splitlines()
    return said[-1] if said else f"`{program}` ended with exit code {done.returncode}"
