"""Which sandbox to use on this machine."""

from __future__ import annotations

import os
import shutil

from repairlsp.errors import SandboxUnavailableError
from repairlsp.sandbox.base import Sandbox
from repairlsp.sandbox.bwrap import BwrapSandbox, bwrap_problem
from repairlsp.sandbox.limits import LimitsSandbox, limits_gaps
from repairlsp.sandbox.none import NoSandbox
from repairlsp.types import SandboxMode

HOW_TO_GET_ONE = (
    "install bubblewrap (the package has that name: apt, dnf, pacman, apk), and allow unprivileged "
    "user namespaces"
)


def choose(mode: SandboxMode, *, allow_loopback: bool = False) -> Sandbox:
    """The sandbox for `mode`; `auto` is the strongest one that works here.

    Tests always have a loopback of their own. `allow_loopback` gives them the machine's, for a
    service that runs there, and with it its whole network: the kernel knows nothing in between.
    Raises SandboxUnavailableError when the one that was asked for does not work.
    """
    if mode == "none":
        return NoSandbox()
    if os.name != "posix":
        raise SandboxUnavailableError(
            "there is no sandbox for this operating system",
            "run under WSL or in a container with bubblewrap, or override with --sandbox none",
        )
    if mode == "limits":
        return LimitsSandbox(shares_network=allow_loopback)
    problem = bwrap_problem()
    if problem is None:
        return BwrapSandbox(shutil.which("bwrap") or "bwrap", shares_network=allow_loopback)
    if mode == "auto":
        return LimitsSandbox(shares_network=allow_loopback)
    raise SandboxUnavailableError(
        f"the bubblewrap sandbox does not work here: {problem}",
        f"{HOW_TO_GET_ONE}, or use --sandbox limits",
    )


def what_auto_means() -> str:
    """One line for people: which sandbox `auto` is on this machine, and why."""
    if not auto_is_less():
        return "bwrap: no network, no home folder, nothing writable but a copy of the project"
    return f"{what_limits_means()}; because {bwrap_problem()}; {HOW_TO_GET_ONE}"


def auto_is_less() -> bool:
    """Whether `auto` is less than bubblewrap on this machine, which who runs tests should hear."""
    return choose("auto").name != "bwrap"


def what_limits_means() -> str:
    """For people, tried on this machine: what `limits` keeps tests from, and what not."""
    gaps = limits_gaps()
    kept = [
        promise
        for gap, promise in (
            ("reach the network", "no network"),
            ("write your files", "nothing writable but a copy of the project"),
        )
        if gap not in gaps
    ]
    return f"limits: {', '.join([*kept, 'resource limits'])}, but tests can {_listed(gaps)}"


def _listed(words: tuple[str, ...]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
