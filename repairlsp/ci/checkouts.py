"""Other commits' files, for running tests on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from repairlsp.ci.repository import Repository
from repairlsp.ci.worktree import worktree


class Checkouts:
    """Checks out commits of a repository, one at a time, with the generated files of the user's
    checkout: a version file that the build wrote is no older for being imported by older code."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.generated = repository.generated()

    @contextmanager
    def of(self, commit: str) -> Iterator[Path]:
        """The project's folder as the commit has it; it need not exist there."""
        with worktree(self.repository, commit, generated=self.generated) as tree:
            yield tree.project
