"""A place to check candidates in, one at a time: a working copy, and its fork servers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import takewhile
from types import TracebackType

from repairlsp.sandbox import NEVER
from repairlsp.types import CancelToken, CoveredLine, TestCase, TestRun
from repairlsp.validate.fork_server import ForkServer, Mode, Refusal
from repairlsp.validate.limits import child_limits, patient_limits
from repairlsp.validate.plan import ValidationPlan
from repairlsp.validate.project_copy import ProjectCopy
from repairlsp.validate.reach import cumulative
from repairlsp.validate.untouched import Untouched

_log = logging.getLogger(__name__)
_WORTH_MEASURING = 2.0
"""Seconds that the targets may take for their coverage to be measured: it triples them at worst."""
_MODES: tuple[Mode, ...] = ("warm", "cold")


@dataclass
class Slot:
    """`copy` with the fork servers for it; used by one thread at a time. Ended by `close`, with
    every process in it. `notes` say, for people, why a server was not used.

    A server is trusted when, with nothing changed, the target tests fail in it as they did in the
    run before any patch. `seconds` is how long the servers may live, `is_patient` whether
    children get as much time as processes. The proof of a candidate is run within `alone()`.
    """

    copy: ProjectCopy
    plan: ValidationPlan
    use_fork_server: bool = True
    seconds: float = 3600.0
    is_patient: bool = False
    alone: Callable[[], AbstractContextManager[None]] = nullcontext
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Before any candidate has run; the servers must not write there.
        self.foundations = Untouched([*self.copy.foundations, self.plan.command.tools])
        self._servers: dict[Mode, ForkServer] = {}
        self._trusted: set[Mode] = set()
        self._given_up: set[Mode] = set()
        self._restarted: set[Mode] = set()
        self._repeats: dict[tuple[Mode, Collection[str] | None], bool] = {}
        self._reached: dict[str, frozenset[CoveredLine]] | None = None
        self._libraries: tuple[tuple[str, str], ...] = ()
        if not self.use_fork_server:
            self._given_up.update(_MODES)
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
        """Start the server that is needed first, and do not wait for it."""
        if "warm" not in self._given_up:
            self._server("warm")

    def servers(self, cancel: CancelToken = NEVER) -> Iterator[ForkServer]:
        """The servers that can be trusted, the quicker one first; each is started when its turn
        comes. The copy must be as the project is when this goes on. Raises CancelledError."""
        for mode in _MODES:
            while mode not in self._given_up and mode not in self._trusted:
                self._calibrate(mode, cancel)
            if mode in self._trusted:
                if self._reached is None:
                    self._reached = self._reach(self._servers[mode], cancel)
                yield self._servers[mode]

    def unreached_target(
        self, lines: frozenset[CoveredLine], targets: Collection[str]
    ) -> str | None:
        """One of `targets` that fails whatever is put in place of these lines, since neither it nor
        a target before it executes one of them; None when none is known."""
        for target, reached in (self._reached or {}).items():
            if target in targets and lines.isdisjoint(reached):
                return target
        return None

    def repeats_the_baseline(
        self, server: ForkServer, tests: tuple[str, ...] | None, cancel: CancelToken = NEVER
    ) -> bool:
        """Whether these tests, all of them for None, end in a child of this server as they did
        before. The copy must be as the project is. Raises CancelledError."""
        key = server.mode, tests
        if key not in self._repeats:
            why = self._difference(server, tests, cancel)
            self._repeats[key] = why is None
            if why is not None:
                _log.info("the %s fork server is not asked for other tests: %s", server.mode, why)
        return self._repeats[key]

    @property
    def problems(self) -> tuple[str, ...]:
        """For people: that candidates are checked slowly, and why, where no server can be used."""
        if not self.notes or not self._given_up.issuperset(_MODES):
            return ()
        return (f"each candidate was checked in a process of its own: {'; '.join(self.notes)}",)

    def lose(self, server: ForkServer, why: str) -> None:
        """The server has ended: start it once more, then do without it."""
        if server.mode in self._restarted:
            self._give_up(server.mode, why)
        else:
            self._restarted.add(server.mode)
            self._stop(server.mode)

    # ------------------------------------------------------------------ starting and trusting

    def _server(self, mode: Mode) -> ForkServer:
        if mode not in self._servers:
            plan = self.plan
            self._servers[mode] = ForkServer(
                copy=self.copy,
                command=plan.command,
                sandbox=plan.sandbox,
                mode=mode,
                ran=plan.at_import,
                memory_bytes=plan.memory_bytes,
                seconds=self.seconds,
                preload=self._libraries,
            )
            self._servers[mode].start()
        return self._servers[mode]

    def _calibrate(self, mode: Mode, cancel: CancelToken) -> None:
        server = self._server(mode)
        refusal = server.wait_until_ready(self.plan.limits.run, cancel)
        why = refusal.why if refusal else self._unfit(server, cancel)
        if why is None:
            self._trusted.add(mode)
        elif mode == "cold" and self._libraries:
            self._libraries = ()  # their order may matter: the tests shall load them
            self._stop(mode)
        else:
            self._give_up(mode, why)
        if mode == "warm":
            self._libraries = server.modules

    def _unfit(self, server: ForkServer, cancel: CancelToken) -> str | None:
        """Why a server that is ready is not trusted; None when it is."""
        written = self.copy.keep()
        if written is not None:
            return f"{written} before any test ran"
        return self._difference(server, self.plan.targets, cancel)

    def _difference(
        self, server: ForkServer, tests: Collection[str] | None, cancel: CancelToken
    ) -> str | None:
        """How the tests end otherwise than before with nothing changed; None when they do not."""
        limits = child_limits(self.plan.baseline, tests, cold=server.mode == "cold")
        report = server.run([], tests, tolerate=None, limits=limits, cancel=cancel)
        self.copy.sweep()
        return report.why if isinstance(report, Refusal) else self._compared(report.run, tests)

    def _compared(self, run: TestRun, tests: Collection[str] | None) -> str | None:
        now = {case.id: _ending(case) for case in run.cases}
        for case in self.plan.baseline.cases:
            if tests is not None and case.id not in tests:
                continue
            if now.get(case.id) != _ending(case):
                was, found = _ending(case), now.get(case.id, "does not run")
                return f"{case.id} {found} in it, where it {was} before"
        return None

    def _reach(self, server: ForkServer, cancel: CancelToken) -> dict[str, frozenset[CoveredLine]]:
        """What each target executes, in the run of the targets alone that decides on candidates;
        empty where that is not known or takes long to find out."""
        plan = self.plan
        seconds = {case.id: case.seconds for case in plan.baseline.failing}
        if sum(seconds.get(target, 0.0) for target in plan.targets) > _WORTH_MEASURING:
            return {}
        limits = patient_limits(plan.limits)
        report = server.run(
            [], plan.targets, tolerate=None, limits=limits, coverage=True, cancel=cancel
        )
        self.copy.sweep()
        if isinstance(report, Refusal) or self._compared(report.run, plan.targets) is not None:
            return {}
        seen = takewhile(
            lambda test: test not in report.out_of_sight, (case.id for case in report.run.cases)
        )
        return {
            test: lines
            for test, lines in cumulative(report.coverage, seen).items()
            if test in plan.targets
        }

    def _give_up(self, mode: Mode, why: str) -> None:
        self._given_up.add(mode)
        self._stop(mode)
        self.notes.append(f"the {mode} fork server is not used: {why}")
        _log.info("%s", self.notes[-1])

    def _stop(self, mode: Mode) -> None:
        self._trusted.discard(mode)
        if mode in self._servers:
            self._servers.pop(mode).close()
            if not self._servers:
                self.copy.forget()


def _ending(case: TestCase) -> str:
    """A test's outcome, with the type of the exception."""
    return f"{case.outcome} {case.message.partition(':')[0]}".strip()
