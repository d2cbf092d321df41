"""The commits of a repository that change code and tests, as drafts of defects."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

from git import Blob, Commit, Repo
from git.exc import GitError

from repair_eval.check.shape import shapes
from repair_eval.importers import Base, Draft, NotImported, UnfitError
from repair_eval.importers.changes import Changed, modules, parts
from repair_eval.importers.writing import slug
from repair_eval.suite.languages import is_source
from repair_eval.suite.vocabulary import Shape
from repairlsp.errors import UsageError
from repairlsp.patches import is_test_path

_SINGLE: frozenset[Shape] = frozenset({"one-line", "multi-line", "multi-hunk"})
_REGULAR = 0o100000
_SUBJECT = 24
"""Characters of the message in an id, so that it has room for the size and the commit."""


@dataclass(frozen=True, slots=True)
class Mining:
    """What to mine: `commits` are looked at from `revision` backwards, for at most `seconds`; those
    that change more than `files` source files do more than fix a bug. `interpreter` is the
    project's own."""

    repository: Path
    revision: str = "HEAD"
    commits: int = 500
    seconds: float = 1800.0
    files: int = 8
    interpreter: Path | None = None


class Mined(NamedTuple):
    """A draft, and the commit that it came from; `author_date` as ISO 8601."""

    draft: Draft
    commit: str
    author_date: str
    message: str


class History:
    """A repository, open until the block is left: its readers are processes of git's.

    Raises UsageError where there is no repository, or no such revision.
    """

    def __init__(self, mining: Mining) -> None:
        self._mining = mining
        try:
            self._repo = Repo(mining.repository, search_parent_directories=True)
        except GitError as error:
            raise UsageError(f"{mining.repository} is no git repository") from error
        self.place = Path(self._repo.working_dir or self._repo.git_dir)
        try:
            self.total = min(
                mining.commits,
                int(self._repo.git.rev_list("--count", "--no-merges", mining.revision, "--")),
            )
        except GitError as error:
            self._repo.close()
            raise UsageError(f"{self.place} has no revision {mining.revision}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._repo.close()

    def candidates(self) -> Generator[Mined | NotImported | None, None, None]:
        """An answer for each commit, the newest first: None where it does not change both code and
        tests."""
        commits = self._repo.iter_commits(self._mining.revision, no_merges=True)
        for commit in islice(commits, self._mining.commits):
            try:
                yield self._candidate(commit)
            except UnfitError as error:
                yield NotImported(f"{commit.hexsha[:12]} ({_subject(commit)})", str(error))

    def _candidate(self, commit: Commit) -> Mined | None:
        if not commit.parents:
            return None
        changed = _changed(commit)
        tests = modules([p for p, (_, after) in changed.items() if is_test_path(p) and after])
        source = [path for path in changed if not is_test_path(path)]
        if not tests or not source:
            return None
        if len(source) > self._mining.files:
            raise UnfitError(f"it changes {len(source)} source files")
        found = parts(changed)
        size = _size({path: changed[path] for path in found.source})
        subject = _subject(commit)
        words = slug(subject)[:_SUBJECT].rstrip("-")
        name = re.sub(r"[^\w.-]", "-", self.place.name.removesuffix(".git"), flags=re.ASCII)
        draft = Draft(
            name=f"{size}-{words}-{commit.hexsha[:8]}",
            about=f'The commit that fixed it says: "{subject}".',
            provenance=(
                f"mined from {name}: {commit.hexsha} of {commit.authored_datetime.isoformat()}: "
                f"{subject}"
            ),
            traits=("project",),
            base=Base(self.place, name.lstrip("._-") or "project", commit.parents[0].hexsha),
            fixed=found.source,
            visible=found.tests,
            parting="tests",
            interpreter=self._mining.interpreter,
            arguments=tests,
            seconds=300,
            case_seconds=30,
        )
        date = commit.authored_datetime.isoformat()
        return Mined(draft, commit.hexsha, date, _message(commit))


def _changed(commit: Commit) -> Changed:
    """Python source, and all that belongs to tests; links and submodules are nothing of ours."""
    return {
        path: (_bytes(diff.a_blob), _bytes(diff.b_blob))
        for diff in commit.parents[0].diff(commit, no_renames=True)
        for path in [diff.b_path or diff.a_path or ""]
        if (is_source(path, "python") or is_test_path(path))
        and all(
            blob is None or (isinstance(blob, Blob) and blob.mode & 0o170000 == _REGULAR)
            for blob in (diff.a_blob, diff.b_blob)
        )
    }


def _bytes(blob: object) -> bytes | None:
    return bytes(blob.data_stream.read()) if isinstance(blob, Blob) else None


def _size(changed: Changed) -> str:
    """`single`: within one function, or one stretch of a module; `larger`: all else."""
    both = {path: (a or b"", b or b"") for path, (a, b) in changed.items()}
    found = shapes(both, "python")
    return "single" if found and found <= _SINGLE else "larger"


def _message(commit: Commit) -> str:
    text = commit.message
    return text if isinstance(text, str) else text.decode("utf-8", "replace")


def _subject(commit: Commit) -> str:
    """The first line of the message, without a full stop or a quotation mark."""
    first = next(iter(_message(commit).strip().splitlines()), "no message")
    return " ".join(first.replace('"', "'").split()).rstrip(".")[:120]
