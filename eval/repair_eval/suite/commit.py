"""A commit of a repository that a suite keeps, as the files that a defect starts from."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from git import GitCommandError, Repo
from git.exc import InvalidGitRepositoryError, NoSuchPathError

from repair_eval.suite.errors import SuiteError
from repair_eval.suite.table import Table

REPOSITORIES = "_repositories"
"""The folder in a suite that holds bare repositories, `NAME.git`."""
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_GONE = (GitCommandError, InvalidGitRepositoryError, NoSuchPathError, ValueError, OSError)
"""What GitPython raises for a repository or an object that is not there."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit by its whole id, in a repository (bare or not) on this machine."""

    repository: Path
    id: str

    def check_out(self, folder: Path) -> None:
        """Write all files of the commit into `folder`. Nothing that the repository's own
        configuration names is run (filters, hooks), and no file of it is written: only its objects
        are read. Raises SuiteError where there is no such commit."""
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="repair-eval-") as scratch:
            try:
                with Repo(self.repository) as repo:
                    env = {
                        **os.environ,
                        "GIT_DIR": str(_empty_repository(Path(scratch), self.id)),
                        "GIT_OBJECT_DIRECTORY": str(Path(repo.common_dir, "objects").resolve()),
                        "GIT_WORK_TREE": str(folder.resolve()),
                        "GIT_INDEX_FILE": str(Path(scratch) / "index"),
                    }
                    # Bytes as they were committed, whatever the user's own settings are.
                    git = ["git", "-c", "core.autocrlf=false"]
                    repo.git.execute([*git, "read-tree", self.id], env=env)
                    repo.git.execute([*git, "checkout-index", "--all", "--force"], env=env)
            except _GONE as error:
                raise self._missing() from error

    def read(self, path: str) -> bytes | None:
        """The bytes of one file; None where the commit has no such file. Raises SuiteError."""
        try:
            with Repo(self.repository) as repo:
                tree = repo.commit(self.id).tree
                try:
                    entry = tree / path
                except KeyError:
                    return None
                return bytes(entry.data_stream.read()) if entry.type == "blob" else None
        except _GONE as error:
            raise self._missing() from error

    def _missing(self) -> SuiteError:
        return SuiteError(
            f"{self.repository}: has no commit {self.id}",
            hint="import the suite again, from a repository that has it",
        )


def _empty_repository(scratch: Path, id_: str) -> Path:
    """A repository for commits with such ids, whose configuration is nobody's: that of a suite's
    repository came with the suite."""
    made = scratch / "repository"
    (made / "refs").mkdir(parents=True)
    (made / "HEAD").write_text("ref: refs/heads/none\n")
    is_sha256 = len(id_) == 64
    kind = "[extensions]\n\tobjectformat = sha256\n" if is_sha256 else ""
    version = f"[core]\n\trepositoryformatversion = {int(is_sha256)}\n"
    (made / "config").write_text(version + kind)
    return made


def read_commit(table: Table, suite: Path) -> Commit | None:
    """The table `[project]` of a `defect.toml`; None where it is not there."""
    if not table:
        return None
    name, id_ = table.text("repository"), table.text("commit")
    if name and not _NAME.fullmatch(name):
        table.note("repository", f"must be the name of a repository in {REPOSITORIES}/")
        return None
    repository = suite / REPOSITORIES / f"{name}.git"
    if name and not repository.is_dir():
        table.note("repository", f"is not there: {repository}")
    if id_ and not _ID.fullmatch(id_):
        table.note("commit", "must be the whole id of a commit")
    table.refuse_others()
    return Commit(repository, id_)


def write_over(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files over those of a commit. Raises SuiteError where a link of the commit would lead
    out of `folder`."""
    root = folder.resolve()
    for name, data in files.items():
        path = folder / name
        if path.is_symlink():
            path.unlink()
        if not path.parent.resolve().is_relative_to(root):
            raise SuiteError(f"{name}: lies behind a link that leaves the project")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
