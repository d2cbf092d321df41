"""The open notebooks: which cells each of them has, in order. Their texts are in `documents`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types

from repairlsp.server.cells import Cell
from repairlsp.server.documents import Documents
from repairlsp.server.folders import to_path


class Notebooks:
    """URIs of cells by URI of their notebook. On the event loop.

    A cell is worked on as if it were a file of its own beside its notebook, one that is on no disk.
    Its number is in the name, so that a cell which moves in mid-fix is another one.
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._cells: dict[str, list[str]] = {}

    def open(self, uri: str, cells: Iterable[types.NotebookCell]) -> None:
        self._cells[uri] = [cell.document for cell in cells]

    def change(self, uri: str, change: types.NotebookCellArrayChange) -> None:
        """Replace some of the cells. A notebook that is not open is left alone."""
        if (cells := self._cells.get(uri)) is not None:
            new = [cell.document for cell in change.cells or ()]
            cells[change.start : change.start + change.delete_count] = new

    def close(self, uri: str) -> None:
        self._cells.pop(uri, None)

    def cells_of(self, uri: str) -> tuple[str, ...]:
        """The URIs of a notebook's cells."""
        return tuple(self._cells.get(uri, ()))

    def holds(self, cell: str) -> bool:
        return any(cell in cells for cells in self._cells.values())

    def file_of(self, cell: str) -> Path | None:
        """The file that a cell is worked on as; None for what is no cell of a file here."""
        for uri, cells in self._cells.items():
            if cell in cells:
                return _file(uri, cells.index(cell))
        return None

    def cells(self) -> dict[Path, Cell]:
        """The Python cells of all notebooks on this machine, by the files they are worked on as."""
        found = {}
        for uri, cells in self._cells.items():
            above: list[str] = []
            for number, cell in enumerate(cells):
                document, file = self._documents.get(cell), _file(uri, number)
                if document is None or document.language != "python":
                    continue
                if file is not None:
                    found[file] = Cell(document, tuple(above))
                above.append(document.text)
        return found


def _file(notebook: str, number: int) -> Path | None:
    """Never one that looks like a test, whatever the notebook is called."""
    file = to_path(notebook)
    if file is None:
        return None
    return file.with_name(f"cell_{number + 1}_of_{file.stem}_ipynb.py")
