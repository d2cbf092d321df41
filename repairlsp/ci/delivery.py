"""What a job made, ready to be handed on: by the job itself, or by a later one that has a token and
runs no code of the project."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from repairlsp.ci import record
from repairlsp.ci.repository import Repository
from repairlsp.ci.summary import summary, title
from repairlsp.ci.types import Report
from repairlsp.ci.worktree import worktree
from repairlsp.errors import UsageError
from repairlsp.formats.words import printable
from repairlsp.patches import Policy
from repairlsp.types import Edit, LineSpan

_LONGEST_RECORD: Final = 10_000_000
_LONGEST_MESSAGE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Delivery:
    """Commits up to `tip` on top of `commit`, none where they are the same; the title and the page
    that tell of them. `is_complete`: nothing that was to be repaired is left."""

    commit: str
    tip: str
    title: str
    page: str
    is_complete: bool

    def diff(self, repository: Repository) -> str:
        """What the commits change, together."""
        if self.tip == self.commit:
            return ""
        return repository.diff(self.commit, self.tip)


def of_report(report: Report) -> Delivery:
    """The delivery of a job that ran here, and kept its commits."""
    name = title(report) if report.fixes else ""
    return Delivery(report.commit, report.tip, name, summary(report), not report.unfixed)


def of_record(path: Path, repository: Repository, revision: str) -> Delivery:
    """The delivery that another job's `report.json` tells of, made anew on `revision`.

    The file is a stranger's word: code of the project ran in the job that wrote it. So the commits
    are made here, by the bot, and the patch policy is asked about each edit. Nothing of the project
    is executed. Raises UsageError where the file is no report, or is about another commit, and
    PatchError where an edit is not allowed or does not fit.
    """
    told = _read(path)
    commit = repository.commit(revision)
    if told.get("commit") != commit:
        raise UsageError(f"{path} is about the commit {told.get('commit')!r}, not about {commit}")
    tip = commit
    try:
        fixes = [(_edits(fix), _message(fix)) for fix in told["fixes"]]
        name, page = str(told["title"]), str(told["summary"])
        is_complete = not told["unfixed"]
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{path} is no report of repairlsp ci: {error!r}") from error
    if fixes:
        with worktree(repository, commit, keep_objects=True) as tree:
            for edits, message in fixes:
                if refusal := Policy(tree.project).check(edits):
                    raise refusal
                tip = tree.commit(edits, message)
    return Delivery(commit, tip, name, page, is_complete)


def _read(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
        told = json.loads(data) if len(data) <= _LONGEST_RECORD else None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{path} is no JSON: {error}") from error
    if not isinstance(told, dict) or told.get("schema_version") != record.SCHEMA_VERSION:
        raise UsageError(f"{path} is no report of this version of repairlsp ci")
    return told


def _edits(fix: dict[str, Any]) -> tuple[Edit, ...]:
    return tuple(
        Edit(
            str(edit["path"]),
            LineSpan(int(edit["start"]), int(edit["end"])),
            tuple(str(line) for line in edit["lines"]),
        )
        for edit in fix["edits"]
    )


def _message(fix: dict[str, Any]) -> str:
    lines = str(fix["message"])[:_LONGEST_MESSAGE].split("\n")
    return "\n".join(printable(line) for line in lines)
