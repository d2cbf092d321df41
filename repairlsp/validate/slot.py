"""A place to check candidates in, one at a time: a working copy, and its fork servers."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import TracebackType

from repairlsp.sandbox import NEVER
from repairlsp.types import CancelToken, TestCase
from repairlsp.validate.fork_server import ForkServer, Mode, Refusal
from repairlsp.validate.limits import child_limits
from repairlsp.validate.plan import ValidationPlan
from repairlsp.validate.project_copy import ProjectCopy

_log = logging.getLogger(__name__)


@dataclass
class Slot:
    """`copy` with the servers that `plan` has use for; used by one thread at a time. Ended by
    `close`, with every process in it. `notes` say, for people, why a server was not used.

    `seconds` is how long the servers may live.
    """

    copy: ProjectCopy
    plan: ValidationPlan
    use_fork_server: bool = True
    seconds: float = 3600.0
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._servers: dict[Mode, ForkServer] = {}
        self._unusable: set[Mode] = set()
        self._trusted: set[Mode] = set()
        if not self.use_fork_server:
            self._unusable = {"warm", "cold"}
        elif not self.plan.at_import:
            # Functions that ran while the tests were collected cannot be told from the others.
            self._give_up("warm", "what ran when the tests were collected is not known")

    def __enter__(self) -> Slot:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the servers. Harmless when called again."""
        for server in self._servers.values():
            server.close()

    def warm_up(self) -> None:
        """Start the first server, and do not wait for it."""
        if "warm" not in self._unusable and "warm" not in self._servers:
            self._start("warm")

    def servers(self, cancel: CancelToken = NEVER) -> Iterator[ForkServer]:
        """The servers that can be trusted, the quicker one first; each is started when its turn
        comes, while the copy must be as the project is. Raises CancelledError."""
        for mode in ("warm",):
            if mode not in self._unusable and mode not in self._servers:
                self._start(mode)
            if mode not in self._unusable and mode not in self._trusted:
                self._calibrate(mode, cancel)
            if mode not in self._unusable:
                yield self._servers[mode]

    def drop(self, server: ForkServer, why: str) -> None:
        """Do without this server from here on."""
        self._give_up(server.mode, why)

    def _give_up(self, mode: Mode, why: str) -> None:
        self._unusable.add(mode)
        self._trusted.discard(mode)
        note = f"the {mode} fork server is not used: {why}"
        if note not in self.notes:
            self.notes.append(note)
            _log.info("%s", note)
        if mode in self._servers:
            self._servers.pop(mode).close()

    def _start(self, mode: Mode) -> None:
        plan = self.plan
        server = ForkServer(
            copy=self.copy,
            command=plan.command,
            sandbox=plan.sandbox,
            mode=mode,
            ran=plan.at_import,
            memory_bytes=plan.memory_bytes,
            seconds=self.seconds,
        )
        self._servers[mode] = server
        server.start()

    def _calibrate(self, mode: Mode, cancel: CancelToken) -> None:
        """Trust a server when it finds the targets to fail as they did, with nothing changed."""
        plan, server = self.plan, self._servers[mode]
        refusal = server.wait_until_ready(plan.limits.run, cancel)
        if refusal is not None:
            self._give_up(mode, refusal.why)
            return
        limits = child_limits(plan.baseline, plan.targets)
        report = server.run([], plan.targets, tolerate=None, limits=limits, cancel=cancel)
        self.copy.sweep()
        if isinstance(report, Refusal):
            self._give_up(mode, report.why)
            return
        before = {case.id: _kind(case) for case in plan.baseline.cases if case.id in plan.targets}
        now = {case.id: _kind(case) for case in report.run.cases}
        odd = [test for test, kind in before.items() if now.get(test) != kind]
        if odd:
            self._give_up(
                mode, f"{odd[0]} ends otherwise in it ({now.get(odd[0])}, not {before[odd[0]]})"
            )
        else:
            self._trusted.add(mode)


def _kind(case: TestCase) -> str:
    """A test's outcome, with the type of the exception."""
    return f"{case.outcome} {case.message.partition(':')[0]}".strip()
