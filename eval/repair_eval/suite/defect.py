"""What a defect is, wherever it comes from. Later stages know this type, and no kind of suite.

A defect has two versions, buggy and fixed, and two sets of tests. The *visible* tests are those
that a repair may see and run; the *hidden* tests judge afterwards whether a plausible patch is
correct.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from repair_eval.suite.needs import Need
from repair_eval.suite.vocabulary import Difficulty, Language, Shape

Kind = Literal["folder", "pypi-diff"]
Version = Literal["buggy", "fixed"]
TestSet = Literal["none", "visible", "all"]
RunnerName = Literal["pytest", "node", "make", "cargo"]


class Content(Protocol):
    """Where a defect's files come from."""

    def lay_out(self, folder: Path, version: Version, tests: TestSet) -> None:
        """Write the project into `folder`, which is empty or not there yet.

        Raises SuiteError where the content cannot be had (no network for a release, say).
        """
        ...

    def changed(self) -> Mapping[str, tuple[bytes, bytes]]:
        """The files that the reference fix changes: path -> (buggy, fixed). Raises SuiteError."""
        ...

    def test_files(self, tests: TestSet) -> Collection[str]:
        """The paths that hold tests or serve them, as far as the suite knows them."""
        ...


@dataclass(frozen=True, slots=True)
class Tests:
    """How a defect is tested.

    `command` is what a developer would type, and what a repair is given. `hidden_command` runs all
    tests, hidden ones too, once those are there; it is the same where the runner finds them by
    itself. `has_hidden`: there are tests that were written to judge patches. `seconds` is the
    longest time for one run, `case_seconds` for one test where the runner can tell (it then fails
    as a test). `none_pass_before`: no visible test passes on the buggy version; otherwise at least
    one has to, for a patch can only break what worked.
    """

    __test__ = False

    runner: RunnerName
    command: tuple[str, ...]
    hidden_command: tuple[str, ...]
    has_hidden: bool
    seconds: float
    case_seconds: float
    none_pass_before: bool


@dataclass(frozen=True, slots=True)
class Defect:
    """One bug with its fix and its tests. `id` is unique in its suite.

    `about` is one sentence that tells the symptom and the cause, for people who read results; a
    repair never sees it. `needs` are those beyond the runner's own. `place` is the file to open
    when the defect does not hold.
    """

    id: str
    kind: Kind
    language: Language
    about: str
    family: str
    difficulty: Difficulty
    shape: Shape
    traits: frozenset[str]
    provenance: str
    tests: Tests
    needs: tuple[Need, ...]
    place: Path
    content: Content
