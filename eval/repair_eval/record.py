"""What a run leaves: the nouns between running, judging, measuring and reporting. No behaviour.

A *run* tries *configurations* on the defects of a suite, each pair some times: an *attempt*. What
an attempt submits, in order, are its *samples*: of a configuration that searches, its final patches
of one seeded attempt; of one that samples, every sampled answer. `store.read_run` reads them.

Seconds are wall time, bytes are bytes, joules are joules, paths are POSIX paths relative to the
project's root, lines are counted from 1. None means: not known here, or not measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

AttemptStatus = Literal["done", "failed"]
"""`failed`: the machinery broke down (`Attempt.error` says how) in each of `Attempt.tries` tries.
It stays in the denominator, as an attempt that repaired nothing."""
SourceKind = Literal["search", "sampling", "control"]
"""How samples come about: verified against the visible tests while searching, drawn without a look
at a test, or known beforehand (no-op, gold)."""
EnergySource = Literal["rapl", "codecarbon"]
"""A counter of the processor, or an estimate from time and load."""
JOULES_PER_KWH = 3_600_000.0


class Line(NamedTuple):
    """A line of a file."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a run took place. `label` is a name that a price table may know."""

    label: str
    system: str
    processor: str
    cores: int
    memory_bytes: int
    accelerator: str = ""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What was tried. `name` is unique in its run; `label` is for people.

    `settings` is the whole configuration as canonical JSON (sorted keys, no blanks), so that two
    configurations are equal when these are. `model_bytes` is the size of the model's files.
    `hardware` names a row of a price table; empty: the machine's own label. `engine` says what
    served the model ("repairlsp", "openai", "llama-cpp"), empty where there is none.
    """

    name: str
    label: str
    kind: SourceKind
    engine: str
    model: str
    model_hash: str
    model_bytes: int | None
    precision: str
    hardware: str
    settings: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A defect as a run saw it, so that results can be read without the suite.

    `fault_lines` are the buggy version's lines that the reference fix changes (for an insertion,
    the line above and the line below). `fix` is the reference fix as a unified diff. `skipped` says
    why it was not tried (a missing toolchain), and is empty for those that were.
    """

    id: str
    language: str
    family: str
    difficulty: str
    shape: str
    about: str
    has_hidden: bool
    fault_lines: tuple[Line, ...]
    fix: str
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """The head of a run. `created` is ISO 8601 in UTC; `command` is what was typed.

    `versions` maps distributions and tools to versions. `suite_hash` changes with any byte of any
    defect that was selected. `repeats` is how many attempts each pair was to get; `seed` is the
    first attempt's, later ones count on.
    """

    id: str
    created: str
    command: str
    machine: Machine
    versions: Mapping[str, str]
    suite: str
    suite_hash: str
    seed: int
    repeats: int
    configurations: tuple[Configuration, ...]
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """One submitted answer and what is known of it.

    `index` counts from 0 in order of submission. `diff` is empty where the answer was no edit, or
    changed nothing. `origin` is `model`, `template:NAME`, `endpoint`, `gold`, `noop`.
    `log_likelihood` is natural, summed over tokens. `well_formed`: the answer could be parsed, and
    applied. `plausible`: the visible tests pass; `correct`: the hidden ones too; both are None
    until judged, and `correct` too for a defect without hidden tests. `exact`: the patched files
    are byte-equal to the reference's; `ast_same`: equal but for layout and comments (None: no
    parser for the language). `lines_changed` counts lines added and removed. `seconds` are from
    the attempt's start to this answer. `reason` says, for people, what decided against it.
    """

    index: int
    diff: str
    origin: str
    log_likelihood: float | None
    well_formed: bool
    plausible: bool | None
    correct: bool | None
    exact: bool
    ast_same: bool | None
    lines_changed: int
    seconds: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One configuration on one defect, once. Attempts are in order of (configuration, defect,
    repeat), whatever order they ran in.

    `error` says how the machinery broke down or, of an attempt that is done, why nothing came of it
    where the source has a reason; else it is empty. `seed` is what the source was given. `tries`
    counts starts, infrastructure failures included; `seconds` is the last one's generation, without
    judging and without loading a model. `first_verified_seconds` is when the source itself had a
    patch that passes the visible tests; None where it had none, or does not look. Tokens and
    phases are None where the source cannot tell. `peak_bytes` is resident memory of the model and
    everything that generated, its test processes left out. `suspicious` are lines,
    the likeliest fault first; empty where the source localizes nothing, or was told the place.
    `counts` are the search's own (`generated`, `validated`, ...). `alone`: no other attempt ran
    beside it, so that its times are those of the machine to itself.
    """

    configuration: str
    defect: str
    family: str
    difficulty: str
    language: str
    repeat: int
    seed: int
    status: AttemptStatus
    error: str
    tries: int
    seconds: float
    first_verified_seconds: float | None = None
    prompt_tokens: int | None = None
    output_tokens: int | None = None
    prefill_seconds: float | None = None
    decode_seconds: float | None = None
    peak_bytes: int | None = None
    joules: float | None = None
    energy_source: EnergySource | None = None
    suspicious: tuple[Line, ...] = ()
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    alone: bool | None = None
    samples: tuple[Sample, ...] = ()


class Recorded(NamedTuple):
    """A run as it is read back: `store.read_run(path)`. Attempts still to be made are missing."""

    run: Run
    attempts: tuple[Attempt, ...]
