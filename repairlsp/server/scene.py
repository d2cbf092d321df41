"""A project as the editor shows it at one moment: what a job may know, taken on the event loop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from lsprotocol import types

from repairlsp.errors import PatchError
from repairlsp.server.cells import Cell
from repairlsp.server.configuration import Configuration
from repairlsp.server.documents import Document
from repairlsp.settings import Settings
from repairlsp.source import SourceText


class Base(NamedTuple):
    """A text that an edit is about. One that is not open has no version."""

    document: Document
    is_open: bool


@dataclass(frozen=True)
class Scene:
    """Immutable, so that a job can look at it while the user types.

    `cells` are those of the open notebooks, by the files that they are worked on as.
    """

    project: Path
    open_files: Mapping[Path, Document]
    configuration: Configuration
    cells: Mapping[Path, Cell] = field(default_factory=lambda: MappingProxyType({}))

    def base(self, file: Path) -> Base:
        """The text of a file as the editor has it, or else the disk.

        Raises PatchError where it is no text, OSError where it cannot be read.
        """
        if document := self.open_files.get(file):
            return Base(document, is_open=True)
        if cell := self.cells.get(file):
            return Base(cell.document, is_open=True)
        text = SourceText.from_bytes(file.read_bytes()).text
        return Base(Document.opened(types.TextDocumentItem(file.as_uri(), "", 0, text)), False)

    def texts(self, files: set[Path]) -> Mapping[Path, Document]:
        """The files' texts, without those that cannot be read."""
        found = {}
        for file in files:
            try:
                found[file] = self.base(file).document
            except (OSError, PatchError):
                continue
        return found

    def overlays(self) -> dict[str, str]:
        """The texts of the project's open files that are not what is on disk."""
        return {
            file.relative_to(self.project).as_posix(): document.text
            for file, document in self.open_files.items()
            if file.is_relative_to(self.project) and _text_on_disk(file) != document.text
        }

    def model(self, settings: Settings) -> str | None:
        """The settings' model; a folder there is meant relative to the project."""
        name = settings.model
        if name is not None and ("/" in name or name.startswith(".")):
            return str(self.project / Path(name).expanduser())
        return name


def _text_on_disk(file: Path) -> str | None:
    try:
        return SourceText.from_bytes(file.read_bytes()).text
    except (OSError, PatchError):
        return None
