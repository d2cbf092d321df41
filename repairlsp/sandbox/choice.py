"""Which sandbox to use on this machine."""

from __future__ import annotations

import os
import shutil

from repairlsp.errors import SandboxUnavailableError
from repairlsp.sandbox.base import Sandbox
from repairlsp.sandbox.bwrap import BwrapSandbox, bwrap_problem
from repairlsp.sandbox.limits import LimitsSandbox
from repairlsp.sandbox.none import NoSandbox
from repairlsp.types import SandboxMode


def choose(mode: SandboxMode) -> Sandbox:
    """The sandbox for `mode`; `auto` is the strongest one that works here.

    Raises SandboxUnavailableError when the one that was asked for does not work.
    """
    if mode == "none":
        return NoSandbox()
    if os.name != "posix":
        raise SandboxUnavailableError(
            "there is no sandbox for this operating system",
            "run under WSL or in a container, or override with --sandbox none",
        )
    if mode == "limits":
        return LimitsSandbox()
    problem = bwrap_problem()
    if problem is None:
        return BwrapSandbox(shutil.which("bwrap") or "bwrap")
    if mode == "auto":
        return LimitsSandbox()
    raise SandboxUnavailableError(
        f"the bubblewrap sandbox does not work here: {problem}",
        "install bubblewrap and allow unprivileged user namespaces, or use --sandbox limits",
    )
