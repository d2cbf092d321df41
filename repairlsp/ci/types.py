"""The nouns of the bot: what it is asked for, what it saw, what it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from repairlsp.types import Patch, RepairRequest, RepairResult, TestCase

FailureKind = Literal["new", "old", "flaky"]
"""`new`: the base commit does not have it; `old`: it fails there too; `flaky`: it passes when it is
run again."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the bot is to do.

    `request` says how to repair: the project (a folder of a git repository), the test command, the
    sandbox, and in `limits.max_seconds` the time for everything together. `commit` and `base` are
    revisions as git takes them; without a base every failure counts as new. `reruns` is how often
    a failing test is run again, and run with its patch, to find out whether it is flaky; 0 believes
    every failure. `only_new` leaves failures alone that the base commit has too. `bisect` looks for
    the commit that broke each group of tests, between base and commit. `keep_commits` leaves the
    commits of the fixes in the repository, where no branch has them yet.
    """

    request: RepairRequest
    commit: str = "HEAD"
    base: str | None = None
    reruns: int = 5
    only_new: bool = False
    bisect: bool = False
    keep_commits: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that failed at the commit, and what is known of it. `reason` is for people."""

    case: TestCase
    kind: FailureKind
    reason: str


@dataclass(frozen=True, slots=True)
class Culprit:
    """The first commit at which tests fail, by its full hash, with its subject."""

    commit: str
    subject: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A group of failing tests, and the verified patch for them on top of the fixes before it.

    `request` and `result` are the repair's own. `commit` is the hash of the commit that holds the
    patch alone, and `message` its message.
    """

    tests: tuple[str, ...]
    patch: Patch
    request: RepairRequest
    result: RepairResult
    commit: str
    message: str
    culprit: Culprit | None = None


@dataclass(frozen=True, slots=True)
class Unfixed:
    """A group of failing tests that no patch was verified for, and why, in Markdown.

    `idea` is the best patch that was not verified; `result` has the suspicious lines, where the
    search came so far.
    """

    tests: tuple[str, ...]
    reason: str
    result: RepairResult | None = None
    idea: Patch | None = None
    culprit: Culprit | None = None


ReportStatus = Literal["nothing-failing", "repaired", "partly-repaired", "not-repaired"]


@dataclass(frozen=True, slots=True)
class Report:
    """What came out. `commit` and `base` are full hashes; `tip` is the last fix's commit, or
    `commit` where there is none. `patch` is the fixes as a mailbox for `git am`. `passed` counts
    the tests that passed at the commit. `seconds` is wall time; `notes` are for people.
    """

    commit: str
    base: str | None
    tip: str
    passed: int
    failures: tuple[Failure, ...]
    fixes: tuple[Fix, ...]
    unfixed: tuple[Unfixed, ...]
    patch: bytes
    notes: tuple[str, ...]
    seconds: float

    @property
    def status(self) -> ReportStatus:
        """`nothing-failing` also where nothing but flaky tests, or tests that were to be left
        alone, failed."""
        if self.unfixed:
            return "partly-repaired" if self.fixes else "not-repaired"
        return "repaired" if self.fixes else "nothing-failing"

    def of_kind(self, kind: FailureKind) -> tuple[Failure, ...]:
        """The failures of one kind, in the order of the test run."""
        return tuple(failure for failure in self.failures if failure.kind == kind)
