"""What a process is given to do, and what it gives back. All of it can be pickled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from repair_eval.configs import Configured
from repair_eval.judging import Judged, Reference
from repair_eval.record import Attempt
from repair_eval.store import Key
from repair_eval.suite import Defect
from repairlsp.types import SandboxMode


@dataclass(frozen=True, slots=True)
class Generate:
    """One attempt. `number` is that of this try, from 1; `alone`: nothing else runs beside it, so
    what the machine draws is its own. `seconds` is how long it may take before it is ended."""

    configured: Configured
    defect: Defect
    repeat: int
    seed: int
    sandbox: SandboxMode
    threads: int | None
    alone: bool
    seconds: float
    number: int = 1

    @property
    def key(self) -> Key:
        return Key(self.configured.name, self.defect.id, self.repeat)

    def failed(self, error: str) -> Attempt:
        """What stays of it where it cannot be made: it counts, as one that repaired nothing."""
        defect = self.defect
        return Attempt(
            configuration=self.configured.name,
            defect=defect.id,
            family=defect.family,
            difficulty=defect.difficulty,
            language=defect.language,
            repeat=self.repeat,
            seed=self.seed,
            status="failed",
            error=error,
            tries=self.number,
            seconds=0.0,
        )


@dataclass(frozen=True, slots=True)
class Judge:
    """Judge answers to one defect; without a `reference` it is measured first."""

    defect: Defect
    diffs: tuple[str, ...]
    reference: Reference | None
    sandbox: SandboxMode
    seconds: float
    number: int = 1

    @property
    def key(self) -> Key:
        return Key("", self.defect.id, 0)


Task = Generate | Judge


class Verdicts(NamedTuple):
    """What `Judge` gives: one for each diff, in order."""

    reference: Reference
    judged: tuple[Judged, ...]


class Broken(NamedTuple):
    """The machinery broke down: not an answer, and no reason to think worse of a configuration."""

    error: str


Outcome = Attempt | Verdicts | Broken


class Done(NamedTuple):
    """A task that is over."""

    task: Task
    outcome: Outcome
