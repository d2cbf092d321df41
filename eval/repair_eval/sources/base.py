"""What a source of answers is: opened once per process, asked about one defect after another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from repair_eval.record import Line
from repair_eval.suite import Defect
from repairlsp.types import CancelToken, SandboxMode


@dataclass(frozen=True, slots=True)
class Problem:
    """A defect to be repaired. A source sees its buggy version and its visible tests, and nothing
    else, but for gold and for localization that is given."""

    defect: Defect
    seed: int
    sandbox: SandboxMode


@dataclass(frozen=True, slots=True)
class Answer:
    """One submitted answer; see `record.Sample`."""

    diff: str
    origin: str
    log_likelihood: float | None = None
    well_formed: bool = True
    seconds: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a source has to say to one problem; see `record.Attempt` for the fields. `note` says why
    there is nothing, for people. `loading_seconds` went into loading a model: somebody who repairs
    one defect after another waits for them once, so they are no part of the attempt's time."""

    answers: tuple[Answer, ...]
    note: str = ""
    first_verified_seconds: float | None = None
    prompt_tokens: int | None = None
    output_tokens: int | None = None
    prefill_seconds: float | None = None
    decode_seconds: float | None = None
    suspicious: tuple[Line, ...] = ()
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    loading_seconds: float = 0.0


class Source(Protocol):
    """An opened source."""

    def answer(self, problem: Problem, cancel: CancelToken) -> Answers:
        """Try to repair one defect.

        Raises CancelledError, and otherwise only what says that the machinery broke down: the
        attempt is then made again.
        """
        ...

    def processes(self) -> Collection[int] | None:
        """Process ids of the model besides our own; None where it runs somewhere else."""
        ...

    def close(self) -> None:
        """End what was started."""
        ...
