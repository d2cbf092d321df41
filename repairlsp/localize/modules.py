"""From the name in an import statement to a file of the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from repairlsp.localize.outline import Import, Outline, Outlines

_ROOTS = ("", "src", "lib")
"""Where a project keeps its top-level packages, besides beside the importing file."""


class Modules:
    """Resolves imports by asking which files exist; nothing is imported."""

    def __init__(self, outlines: Outlines) -> None:
        self._outlines = outlines
        self._resolved: dict[tuple[str, Import], str | None] = {}

    def imported_by(self, path: str, outline: Outline) -> tuple[str, ...]:
        """The project's files that a file imports, without repeats, in source order."""
        found = (self.resolve(path, wanted) for wanted in outline.imports.values())
        return tuple(dict.fromkeys(file for file in found if file is not None))

    def resolve(self, path: str, wanted: Import) -> str | None:
        """The file that defines what an import in `path` names; None outside the project.

        A name that a package merely passes on is followed to the module that defines it.
        """
        if (path, wanted) not in self._resolved:
            self._resolved[path, wanted] = self._follow(path, wanted)
        return self._resolved[path, wanted]

    def _follow(self, path: str, wanted: Import) -> str | None:
        seen: set[tuple[str, Import]] = set()
        while (path, wanted) not in seen:
            seen.add((path, wanted))
            file = self._file(path, wanted)
            if file is None or not wanted.name:
                return file
            outline = self._outlines.get(file)
            onward = outline.imports.get(wanted.name) if outline else None
            if onward is None:
                return file
            path, wanted = file, onward
        return None

    def _file(self, path: str, wanted: Import) -> str | None:
        dotted = wanted.module.replace(".", "/")
        for folder in _folders(path, wanted.level):
            inner = (folder / dotted / wanted.name) if wanted.name else folder / dotted
            for place in (inner, folder / dotted):
                for name in (f"{place}.py", f"{place}/__init__.py"):
                    if self._outlines.get(name.removeprefix("./")) is not None:
                        return name.removeprefix("./")
        return None


def _folders(path: str, level: int) -> Iterator[PurePosixPath]:
    parents = PurePosixPath(path).parents
    if level:
        yield from parents[level - 1 : level]
        return
    yield from map(PurePosixPath, _ROOTS)
    yield parents[0]
