"""`$/progress`: what a running job says to the user, and the cancel button next to it."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable
from types import TracebackType
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from repairlsp.server.client import Client
from repairlsp.server.protocol import Protocol
from repairlsp.types import Observer, Progress

logger = logging.getLogger(__name__)

REPORT_SECONDS = 0.1
"""No more than ten reports a second: a search tries hundreds of candidates in that time."""

_STAGES = {"test": 0, "localize": 20, "context": 25, "generate": 30, "validate": 30}
"""Where each stage begins, in percent. Most of the time goes into the last, which ends when its
time is over: how much of that is spent says how far it is at least."""


class ProgressReports:
    """The progress reports of one session, by token."""

    def __init__(self, client: Client, protocol: Protocol) -> None:
        self._client = client
        self._protocol = protocol
        self._shown: dict[str | int, ProgressReport] = {}

    def report(
        self,
        title: str,
        token: str | int | None,
        cancel: Callable[[], object],
        seconds: float,
        waiting_for: str = "",
    ) -> ProgressReport:
        """A report to be entered with `async with`; `cancel` is what the cancel button does.

        `seconds` is how long the whole may take. `token` is the client's, where its request
        brought one; else one is made, if it can show it. `waiting_for` is the title of the job that
        has to end first, if there is one.
        """
        return ProgressReport(
            self._protocol, self._shown, self._client, title, token, cancel, seconds, waiting_for
        )

    def cancel(self, token: str | int) -> None:
        """The user pressed the button. An unknown token is that of a report just ended."""
        if report := self._shown.get(token):
            report.cancel()


class ProgressReport:
    """One progress report, shown from entering to leaving the context."""

    def __init__(
        self,
        protocol: Protocol,
        shown: dict[str | int, ProgressReport],
        client: Client,
        title: str,
        token: str | int | None,
        cancel: Callable[[], object],
        seconds: float,
        waiting_for: str,
    ) -> None:
        self._message = f"waiting for: {waiting_for}" if waiting_for else None
        self.cancel = cancel
        self._seconds = seconds
        self._started = time.monotonic()
        self._place = ""
        self._protocol = protocol
        self._shown = shown
        self._title = title
        self._must_create = token is None
        self._token: str | int = uuid.uuid4().hex if token is None else token
        self._wanted = token is not None or client.progress
        self._begun = False
        self._ended = False
        self._percent = 0
        self._next = 0.0
        self._creation: asyncio.Task[None] | None = None

    async def __aenter__(self) -> ProgressReport:
        if self._wanted:
            self._shown[self._token] = self
            # Beside the work, which does not wait for a client that is slow to answer.
            self._creation = asyncio.create_task(self._begin())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._ended = True
        self._shown.pop(self._token, None)
        if self._begun:
            self._send(types.WorkDoneProgressEnd())

    def observer(self) -> Observer:
        """An observer for the job's thread: it passes reports on to this one's event loop."""
        loop = asyncio.get_running_loop()

        def observe(step: Progress) -> None:
            now = time.monotonic()
            if step.stage == "generate":
                self._place = step.message
            if now >= self._next:
                self._next = now + REPORT_SECONDS
                loop.call_soon_threadsafe(self._report, step)

        return observe

    async def _begin(self) -> None:
        if self._must_create:
            params = types.WorkDoneProgressCreateParams(self._token)
            created = self._protocol.send_request(types.WINDOW_WORK_DONE_PROGRESS_CREATE, params)
            try:
                await asyncio.wrap_future(created)
            except JsonRpcException as error:
                logger.info("the client shows no progress: %s", error)
                return
        if not self._ended:
            self._begun = True
            self._send(
                types.WorkDoneProgressBegin(
                    title=self._title, cancellable=True, message=self._message, percentage=0
                )
            )

    def _report(self, step: Progress) -> None:
        if not self._begun or self._ended:
            return
        spent = (time.monotonic() - self._started) / self._seconds
        self._percent = max(self._percent, _percent(step, spent))  # LSP: it never goes back
        message = step.message
        if step.stage == "validate":
            message = f"{step.message} ({step.done} so far)"
            message += f", {self._place}" if self._place else ""
        self._send(types.WorkDoneProgressReport(message=message, percentage=self._percent))

    def _send(self, value: Any) -> None:
        params = types.ProgressParams(token=self._token, value=value)
        self._protocol.notify(types.PROGRESS, params)


def _percent(step: Progress, spent: float) -> int:
    """How far the whole is: the stage's place, and the share of the stage that is done, which for
    the last one is the share of the time that is spent."""
    begin = _STAGES[step.stage]
    if step.stage == "validate":
        return round(begin + min(spent, 1.0) * (100 - begin))
    return begin
