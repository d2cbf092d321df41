"""The nouns of the repair flow. Imports nothing of ours.

Conventions, everywhere in the flow:
- a path is a POSIX path relative to the project's root;
- lines are counted from 1 and line spans are half-open, so `LineSpan(7, 8)` is line 7 alone and
  `LineSpan(7, 7)` is the empty place before line 7. The language server converts at its border.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

# --------------------------------------------------------------------------- places and edits


class LineSpan(NamedTuple):
    """Lines `start` (inclusive, from 1) to `end` (exclusive). Empty when they are equal."""

    start: int
    end: int

    def __contains__(self, line: object) -> bool:
        return isinstance(line, int) and self.start <= line < self.end


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the lines of `span` in `path` by `lines` (without line terminators)."""

    path: str
    span: LineSpan
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What a checker or an editor says is wrong with a span of lines."""

    path: str
    span: LineSpan
    message: str
    source: str = ""
    code: str = ""


# --------------------------------------------------------------------------- tests

Outcome = Literal["passed", "failed", "error", "skipped", "xfailed", "xpassed"]
RunStatus = Literal["passed", "failed", "no-tests", "timeout", "broken"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of a traceback, outermost first. `path` is inside the project."""

    path: str
    line: int
    function: str


@dataclass(frozen=True, slots=True)
class TestCase:
    """The outcome of one test. `id` is what the runner takes to run this test alone."""

    __test__ = False  # not a test class, whatever its name says to pytest

    id: str
    outcome: Outcome
    message: str = ""
    """The exception as `Type: text`, one line; empty unless failed or error."""
    frames: tuple[Frame, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TestRun:
    """One run of a test command.

    `status` is `broken` when the run says nothing about the code: no runner, a collection error
    that no candidate could repair, a report that contradicts the exit status. `message` then says
    why, for people.
    """

    __test__ = False

    status: RunStatus
    exit_code: int | None
    cases: tuple[TestCase, ...]
    seconds: float
    output: str = ""
    message: str = ""

    @property
    def failing(self) -> tuple[TestCase, ...]:
        """The tests that failed or ended in an error, in the order of the report."""
        return tuple(case for case in self.cases if case.outcome in ("failed", "error"))

    @property
    def passing(self) -> tuple[TestCase, ...]:
        """The tests that passed, in the order of the report."""
        return tuple(case for case in self.cases if case.outcome == "passed")


class CoveredLine(NamedTuple):
    path: str
    line: int


Coverage = Mapping[str, frozenset[CoveredLine]]
"""Test id -> the project's lines that it executed."""

# --------------------------------------------------------------------------- the flow


@dataclass(frozen=True, slots=True)
class FaultLocation:
    """A line that may hold the fault. `suspiciousness`, in (0, 1], is about the probability that
    it does; the sum over all locations is 1."""

    path: str
    line: int
    suspiciousness: float
    evidence: str


@dataclass(frozen=True, slots=True)
class RepairContext:
    """What a generator sees of one suspicious function (or, outside one, of a few lines).

    `lines` are the file's lines of `span`, verbatim. `suspiciousness` maps line numbers of the
    file (within `span`) to (0, 1]. `message` is the diagnostic or exception, one line, may be
    empty.
    """

    path: str
    name: str
    span: LineSpan
    lines: tuple[str, ...]
    suspiciousness: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))
    message: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate patch: edits in source order that do not overlap, and where they came from.

    `source` is `model`, `template:NAME` or `endpoint`. `log_likelihood` is the model's natural-log
    likelihood of the edit, summed over its tokens; None when it was not scored. `score` is what
    the search sorts by, higher first.
    """

    edits: tuple[Edit, ...]
    source: str
    log_likelihood: float | None = None
    score: float = 0.0


Verdict = Literal["plausible", "failing", "timeout", "rejected"]
CheckedBy = Literal["swap", "fork", "process", "coverage"]
"""What decided on a candidate: a forked child with its code swapped in, a forked child that loaded
it, a process of its own, or coverage alone, without a run."""


@dataclass(frozen=True, slots=True)
class Validation:
    """What checking a candidate said. `reason` is for people; `run` the last test run, if any."""

    verdict: Verdict
    reason: str
    run: TestRun | None = None
    checked_by: CheckedBy = "process"


PatchStatus = Literal["verified", "unverified"]

Grade = Literal["suspicious", "silencing"]


class Caution(NamedTuple):
    """A sign that a patch fits the tests rather than repairs the program.

    `name` is a key for programs; `reason`, for people, follows "this patch". `silencing`: it most
    likely only makes the failure go away. `suspicious`: many honest repairs have it too.
    """

    name: str
    grade: Grade
    reason: str


class TestCounts(NamedTuple):
    passed: int
    failed: int


@dataclass(frozen=True, slots=True)
class Patch:
    """A patch as it is reported. `rank` counts from 1; `seconds` from the request's start.

    `before` and `after` count the tests. An `unverified` patch with both is a partial repair: some
    failing tests pass with it, not all. `cautions` come gravest first. `sha256` has, in hex, the
    digest of each edited file as the patch found it.
    """

    diff: str
    edits: tuple[Edit, ...]
    status: PatchStatus
    source: str
    rank: int
    log_likelihood: float | None
    before: TestCounts | None
    after: TestCounts | None
    seconds: float
    cautions: tuple[Caution, ...] = ()
    satisfied: str = ""
    """The tool whose diagnostic is gone with the patch, which brings no other; empty: none was
    asked, or is satisfied. No test says anything then."""
    sha256: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def grade(self) -> Grade | None:
        """The grade of the gravest caution; None for a patch that nothing speaks against."""
        return self.cautions[0].grade if self.cautions else None


# --------------------------------------------------------------------------- request and result

SandboxMode = Literal["auto", "bwrap", "limits", "none"]
SpectrumFormula = Literal["ochiai", "dstar", "tarantula", "none"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one repair: seconds, candidates, bytes."""

    max_seconds: float = 60.0
    candidates: int = 10_000
    patches: int = 1
    suggestions: int = 1
    """Unverified patches to report where nothing could be verified, if they are asked for."""
    test_seconds: float = 120.0
    """Longest time for one run of the test command before any candidate is tried."""
    memory_bytes: int = 4 << 30
    """Address space of a test process beyond which it is ended."""


@dataclass(frozen=True, slots=True)
class RepairRequest:
    """What is to be repaired, and within which limits.

    `command` is the test command; None asks for suggestions that no test has checked.
    `tests` are the failing tests to repair, by id (of a case, a function, a class or a file); empty
    means all that fail. The others may go on failing, and must not get worse.
    `earlier` is a run of the command that was made elsewhere, on the same files: of it, only the
    test files with failing tests are run again, to see what they cover. Every id must be right.
    `tree` is a folder to read the files from in place of the project's own: a checkout of another
    commit of it, say. The environment and what is installed for it are still the project's.
    `overlays` maps paths to texts that stand in for the files on disk (an editor's buffers).
    `files` and `lines` narrow the search; empty means everywhere in the project.
    `model` is a catalogue name or a folder; None is the embedded model.
    `spectrum` is the formula that weighs per-test coverage; "none" leaves that evidence out.
    `use_likelihood` is false to leave templates' edits in the order of their priors alone.
    `use_fork_server` is false to check every candidate in processes of its own.
    `allow_loopback` gives the tests the machine's network, for a service that runs on it.
    `use_checkers` lets the tools that reported the diagnostics run again, on suggestions.
    `allow_unverified` asks for the best unverified suggestions where nothing could be verified.
    """

    project: Path
    command: tuple[str, ...] | None = None
    tests: tuple[str, ...] = ()
    earlier: TestRun | None = None
    tree: Path | None = None
    overlays: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    files: tuple[str, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    model: str | None = None
    use_model: bool = True
    use_templates: bool = True
    use_likelihood: bool = True
    use_fork_server: bool = True
    sandbox: SandboxMode = "auto"
    allow_loopback: bool = False
    spectrum: SpectrumFormula = "ochiai"
    limits: Limits = Limits()
    use_checkers: bool = False
    allow_unverified: bool = False


ResultStatus = Literal["repaired", "nothing-failing", "suggested", "not-repaired"]
Stage = Literal["test", "localize", "context", "generate", "validate"]


@dataclass(frozen=True, slots=True)
class RepairResult:
    """Ranked patches, verified first, with what the search did to find them.

    `counts`: `generated`, `rejected`, `duplicate`, `validated` candidates; of the validated,
    `by_swap`, `by_fork`, `by_process`, `by_coverage` (see `CheckedBy`); `retried` with more time.
    `stage_seconds`: wall time per stage. `seconds`: wall time of the whole.
    """

    status: ResultStatus
    patches: tuple[Patch, ...]
    before: TestRun | None
    locations: tuple[FaultLocation, ...]
    counts: Mapping[str, int]
    stage_seconds: Mapping[Stage, float]
    seconds: float
    message: str = ""


# --------------------------------------------------------------------------- watching and stopping


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of the work, for people: `done` of `total` where a total is known.

    `patch` is a verified patch that was just found, while the search goes on.
    """

    stage: Stage
    message: str
    done: int = 0
    total: int | None = None
    patch: Patch | None = None


Observer = Callable[[Progress], None]


class CancelToken(Protocol):
    """What long work asks, often, whether to go on. A `threading.Event` is one."""

    def is_set(self) -> bool: ...
