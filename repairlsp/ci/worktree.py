"""A checkout of one commit in a temporary folder: where tests find that commit's files, and where
fixes are committed."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import git

from repairlsp.ci.repository import ISOLATION, Repository, said
from repairlsp.errors import BrokenEnvironmentError
from repairlsp.patches import apply
from repairlsp.types import Edit

NAME: Final = "repairlsp"
EMAIL: Final = "repairlsp@localhost.invalid"
"""`.invalid` can belong to nobody (RFC 2606)."""


class Worktree:
    """A checkout with a detached HEAD. `project` is the project's folder in it."""

    def __init__(self, repository: Repository, folder: Path, objects: Path | None) -> None:
        self.folder = folder
        self.project = folder / repository.below
        self._repo = git.Repo(folder)
        self._repo.git.update_environment(**ISOLATION, **_identity())
        if objects is not None:
            self._repo.git.update_environment(
                GIT_OBJECT_DIRECTORY=str(objects),
                GIT_ALTERNATE_OBJECT_DIRECTORIES=str(repository.objects),
            )

    @property
    def head(self) -> str:
        """The commit that is checked out, as a full hash."""
        return self._git("rev-parse", "HEAD")

    def commit(self, edits: Sequence[Edit], message: str) -> str:
        """Make the edits (paths relative to the project) and commit them; the new commit's hash.

        The same edits on the same commit with the same message are the same commit, for it gets
        the time of the one before. Raises PatchError where an edit does not fit, and
        BrokenEnvironmentError where git fails.
        """
        paths = sorted({edit.path for edit in edits})
        expected = {path: (self.project / path).read_bytes() for path in paths}
        apply(self.project, edits, expected)
        when = self._git("show", "--no-patch", "--format=%cI", "HEAD")
        self._repo.git.update_environment(GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
        self._git("add", "--", *(str(self.project / path) for path in paths))
        text = self.folder.parent / "message"
        text.write_text(message, "utf-8", "backslashreplace")
        self._git("commit", "--quiet", "--no-verify", "--cleanup=whitespace", "--file", str(text))
        return self.head

    def mailbox(self, since: str) -> bytes:
        """The commits after `since` as `git am` takes them; empty where there are none."""
        options = ("--stdout", "--no-signature", "--full-index", "--binary", "--no-renames")
        plain = ("--no-cover-letter", "--no-attach", "--no-thread", "--no-base", "--no-numbered")
        with self._failures("format-patch"):
            told = self._repo.git.execute(
                ["git", "format-patch", *options, *plain, f"{since}..HEAD"],
                stdout_as_string=False,
                strip_newline_in_stdout=False,
            )
        assert isinstance(told, bytes)
        return told

    def _git(self, *arguments: str) -> str:
        with self._failures(arguments[0]):
            return str(self._repo.git.execute(["git", *arguments]))

    @contextmanager
    def _failures(self, verb: str) -> Iterator[None]:
        try:
            yield
        except git.GitCommandError as error:
            raise BrokenEnvironmentError(f"git {verb} failed: {said(error)}") from error

    def close(self) -> None:
        """End the processes that gitpython keeps."""
        self._repo.close()


@contextmanager
def worktree(
    repository: Repository,
    commit: str,
    *,
    generated: Sequence[str] = (),
    keep_objects: bool = False,
) -> Iterator[Worktree]:
    """A checkout of `commit`, gone when the block is left.

    `generated` are files (relative to the root) to copy from the user's checkout where the commit
    has none of that name. Unless `keep_objects`, what is committed in it goes with it, and nothing
    is ever written into the repository but the note that git keeps of a worktree meanwhile.
    Raises BrokenEnvironmentError where git cannot make it.
    """
    home = Path(tempfile.mkdtemp(prefix="repairlsp-ci-")).resolve()
    # It keeps its name: a project may be a package itself, and be imported by its folder's name.
    folder = home / (repository.root.name or "project")
    try:
        repository.run("worktree", "add", "--detach", "--quiet", str(folder), commit)
        for name in generated:
            _bring(repository.root / name, folder / name)
        objects = None if keep_objects else home / "objects"
        if objects is not None:
            objects.mkdir()
        tree = Worktree(repository, folder, objects)
        try:
            yield tree
        finally:
            tree.close()
    finally:
        repository.asks("worktree", "remove", "--force", str(folder))
        shutil.rmtree(home, ignore_errors=True)


def _bring(source: Path, target: Path) -> None:
    if os.path.lexists(target):
        return
    with contextlib.suppress(OSError):  # one that cannot be read would not have been imported
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target, follow_symlinks=False)


def _identity() -> dict[str, str]:
    return {
        f"GIT_{role}_{what}": text
        for role in ("AUTHOR", "COMMITTER")
        for what, text in (("NAME", NAME), ("EMAIL", EMAIL))
    }
