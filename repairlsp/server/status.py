"""What the server is doing and whether it can: `repairlsp/status`, for a client's status bar."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from repairlsp.errors import ModelError, RepairlspError, SandboxUnavailableError
from repairlsp.server.client import Client
from repairlsp.server.extensions import STATUS
from repairlsp.server.jobs import Jobs
from repairlsp.server.model import ModelHost

PROBLEM_SECONDS = 30.0
"""So long a fix is not offered again after what it needs was missing. Then it may have come."""


class Status:
    """The state, and the notification of its changes. On the event loop."""

    def __init__(
        self, client: Client, jobs: Jobs, model: ModelHost, notify: Callable[[str, Any], None]
    ) -> None:
        self._wanted = client.status
        self._jobs = jobs
        self._model = model
        self._notify = notify
        self._problem = ""
        self._until = 0.0
        self._sent: dict[str, Any] | None = None

    @property
    def problem(self) -> str:
        """Why no fix can be made at all, for the status and for `disabled.reason`; or nothing."""
        return self._problem if time.monotonic() < self._until else ""

    def note(self, error: RepairlspError) -> None:
        """A job failed: if it was for want of a model or a sandbox, so will the next."""
        if isinstance(error, SandboxUnavailableError | ModelError):
            self._problem = f"{error}. {error.hint}" if error.hint else str(error)
            self._until = time.monotonic() + PROBLEM_SECONDS
            self.send()

    def clear(self) -> None:
        """The settings changed, so what was wrong may be right now."""
        self._until = 0.0
        self.send()

    def send(self) -> None:
        """Tell the client, if it wants to know and anything is new."""
        if self._wanted and (status := self.to_json()) != self._sent:
            self._sent = status
            self._notify(STATUS, status)

    def to_json(self) -> dict[str, Any]:
        """As `repairlsp/status` has it; see docs/editors.md."""
        titles = self._jobs.titles
        problem = self.problem
        model = self._model.state()
        return {
            "state": "working" if titles else "idle",
            "health": "error" if problem else "ok",
            "message": problem,
            "running": titles[0] if titles else None,
            "queue": max(len(titles) - 1, 0),
            "model": {
                "name": model.name,
                "loaded": model.pid is not None,
                "memoryMiB": None if model.pid is None else memory_mib(model.pid),
            },
            "memoryMiB": memory_mib(os.getpid()),
        }


def memory_mib(pid: int) -> int | None:
    """The resident memory of a process in MiB; None when it has ended."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss) >> 20
    except psutil.Error:
        return None
