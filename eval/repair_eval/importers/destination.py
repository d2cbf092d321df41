"""Where a suite is written: beside its place, and moved there when it is whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from git import GitCommandError, Repo

from repair_eval.importers.draft import Base, UnfitError
from repair_eval.suite.commit import REPOSITORIES
from repairlsp.errors import UsageError

RECORD = "import.json"
"""What was imported or mined, and what was left out, and why."""
SCHEMA_VERSION = 1


class Destination:
    """A context manager: `staging` is a folder to write in, gone when the block is left. Only
    `publish` touches `place`. One process at a time.

    Raises UsageError where something is at `place` that no earlier import or mining wrote.
    """

    def __init__(self, place: Path) -> None:
        self.place = place.absolute()
        self.staging = self.place.parent / f".{self.place.name}.partial"
        if self.place.is_symlink() or (self.place.exists() and not self._is_ours()):
            raise UsageError(
                f"{place} exists already", "name a new folder, or one that an import wrote"
            )

    def __enter__(self) -> Destination:
        shutil.rmtree(self.staging, ignore_errors=True)  # of an import that was killed
        (self.staging / "python").mkdir(parents=True)
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.staging, ignore_errors=True)

    def keep(self, base: Base) -> None:
        """Copy the repository of a base into the suite, once, and see that it has the commit.

        The copy shares nothing with the original, and does not say where that was. Raises
        UnfitError.
        """
        target = self.staging / REPOSITORIES / f"{base.name}.git"
        try:
            if not target.is_dir():
                # --no-local: objects are sent, not linked, so alternates do not matter.
                with Repo.clone_from(
                    str(base.repository), target, multi_options=["--bare", "--no-local"]
                ) as clone:
                    clone.delete_remote(clone.remote("origin"))
                shutil.rmtree(target / "hooks", ignore_errors=True)
            with Repo(target) as repo:
                repo.git.cat_file("-e", f"{base.commit}^{{commit}}")
        except GitCommandError as error:
            raise UnfitError(
                f"{base.repository} has no commit {base.commit} on a branch or tag: git fetch it"
            ) from error

    def publish(self, record: Mapping[str, object]) -> None:
        """Put the suite in its place, with its record; an earlier one there is replaced."""
        text = json.dumps({"schema_version": SCHEMA_VERSION, **record}, indent=2)
        (self.staging / RECORD).write_text(text + "\n", "utf-8")
        old = self.staging.with_name(f".{self.place.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if self.place.exists():
            self.place.rename(old)
        self.staging.rename(self.place)
        shutil.rmtree(old, ignore_errors=True)

    def _is_ours(self) -> bool:
        return self.place.is_dir() and (
            (self.place / RECORD).is_file() or not any(self.place.iterdir())
        )
