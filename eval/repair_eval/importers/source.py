"""What the user says about a suite to import: where it is, and what its projects need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from repair_eval.importers.draft import UnfitError


@dataclass(frozen=True, slots=True)
class Source:
    """`place` is a folder or a file, by format. `repositories` holds clones of the projects, as
    `NAME`, `NAME.git`, `OWNER__NAME` or `OWNER/NAME`. `interpreters` has one by project name; ""
    is for all others."""

    place: Path
    repositories: Path | None = None
    interpreters: Mapping[str, Path] = field(default_factory=dict)

    def repository(self, name: str) -> Path:
        """The clone of a project, `NAME` or `OWNER/NAME`. Raises UnfitError."""
        if self.repositories is None:
            raise UnfitError(
                f"needs a clone of {name}: name the folder that has it with --repositories"
            )
        last = name.rpartition("/")[2]
        for spelled in (name, name.replace("/", "__"), last):
            for folder in (self.repositories / spelled, self.repositories / f"{spelled}.git"):
                if (folder / ".git").exists() or (folder / "HEAD").is_file():
                    return folder
        raise UnfitError(f"no clone of {name} in {self.repositories}: git clone it there")

    def interpreter(self, project: str) -> Path | None:
        """The project's own; None where none was named."""
        for name in (project, project.rpartition("/")[2], ""):
            if name in self.interpreters:
                return self.interpreters[name]
        return None
