"""What a reader of a public format makes of one bug, before anything of it has run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from repair_eval.suite.vocabulary import UNCLASSIFIED
from repairlsp.errors import RepairlspError

Parting = Literal["given", "files", "tests"]
"""How tests become visible or hidden. `given`: as the format says. `files`: every other file of
`Draft.movable` is hidden. `tests`: the commands name every other test, or all."""
Files = Mapping[str, bytes]


class NotImported(NamedTuple):
    """What is left out, by the name that the benchmark gives it, and why."""

    name: str
    reason: str


class UnfitError(RepairlspError):
    """A draft that cannot become a defect; the message is the reason."""


class Base(NamedTuple):
    """The commit that the buggy version starts from: `repository` is the user's own clone, `name`
    what the suite will call it."""

    repository: Path
    name: str
    commit: str


class Expected(NamedTuple):
    """The tests (pytest's ids) that a benchmark says the fix is about: failing before, passing
    before; all pass after."""

    fail_to_pass: Sequence[str]
    pass_to_pass: Sequence[str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A Python bug on its way into a suite; the files are path -> bytes, as in a defect's folder.

    `interpreter` is the project's own, with its packages and pytest; None for the one that runs us.
    `arguments` are pytest's, where its own search would find other tests too.
    """

    name: str
    about: str
    provenance: str
    fixed: Files
    visible: Files
    parting: Parting
    buggy: Files = field(default_factory=dict)
    hidden: Files = field(default_factory=dict)
    family: str = UNCLASSIFIED
    traits: Sequence[str] = ()
    base: Base | None = None
    interpreter: Path | None = None
    arguments: Sequence[str] = ()
    movable: Collection[str] = frozenset()
    expected: Expected | None = None
    seconds: float = 120.0
    case_seconds: float = 10.0
    none_pass_before: bool = False
    hidden_arguments: Sequence[str] | None = None


Item = Draft | NotImported
