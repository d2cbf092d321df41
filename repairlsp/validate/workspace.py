"""Working copies of a project in a temporary folder; the project itself is only ever read."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import TracebackType

from repairlsp.errors import BrokenEnvironmentError, PatchError, UsageError
from repairlsp.source import SourceText
from repairlsp.validate.abandoned import hold, remove_abandoned
from repairlsp.validate.interpreter import IN_PYTEST
from repairlsp.validate.kept import remove_tree
from repairlsp.validate.listing import list_project
from repairlsp.validate.project_copy import ProjectCopy, copy_file
from repairlsp.validate.temporary import in_temporary_folder

_PREFIX = "repairlsp-"
_MAX_BYTES = 512 << 20
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)


class Workspace:
    """Copies of `project`, with `overlays` (path -> text) in place of the files on disk; `tree` is
    the folder to copy from where it is not the project's own (see `RepairRequest.tree`).

    Use as a context manager: the temporary folder goes when the block is left, by an exception
    too, and at the latest when the interpreter exits. SIGTERM's default action runs neither, so
    whoever owns the process turns it into an exception; what a SIGKILL leaves behind, the next
    workspace removes. Raises UsageError when the project cannot be read or is too large,
    BrokenEnvironmentError when there is no room for the copies.
    """

    def __init__(
        self,
        project: Path,
        overlays: Mapping[str, str] | None = None,
        max_bytes: int = _MAX_BYTES,
        *,
        tree: Path | None = None,
    ) -> None:
        self.project = project.resolve()
        self._tree = (tree or project).resolve()
        self._overlays = overlays or {}
        self._max_bytes = max_bytes
        self._copies = 0
        self._lock: int | None = None

    def __enter__(self) -> Workspace:
        if not self.project.is_dir():
            raise UsageError(f"{self.project} is not a folder", "name one with --project")
        remove_abandoned(_PREFIX)
        try:
            self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
        except OSError as error:
            raise BrokenEnvironmentError(
                f"no temporary folder can be made: {error}", "set TMPDIR to a folder with room"
            ) from error
        self._remove = weakref.finalize(self, remove_tree, self.folder)
        try:
            if self.folder.is_relative_to(self.project):  # for want of any other, Python takes "."
                raise BrokenEnvironmentError(
                    f"the temporary folder {self.folder.parent} is in the project itself",
                    "set TMPDIR to a folder outside that can be written to",
                )
            with in_temporary_folder(self.folder):
                self._lock = hold(self.folder)
                self._take_pristine()
                (self.folder / "bytecode").mkdir()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the temporary folder, once; harmless when called again."""
        self._remove()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @cached_property
    def tools(self) -> Path:
        """A folder with our plugins. Who runs tests with those of another workspace needs none."""
        place = self.folder / "tools"
        with in_temporary_folder(self.folder):
            shutil.copytree(IN_PYTEST, place, ignore=shutil.ignore_patterns("__pycache__"))
        return place

    def _take_pristine(self) -> None:
        """Copy the project once. The copies are made from this one, so that they agree even while
        the user goes on editing."""
        listing = list_project(self._tree, self._max_bytes)
        self.left_out = listing.left_out
        self._links = listing.links
        self._pristine = self.folder / "pristine"
        self._pristine.mkdir()
        files = []
        for name in listing.files:
            try:
                copy_file(self._tree / name, self._pristine / name)
            except FileNotFoundError:
                continue  # deleted since it was listed
            except OSError as error:
                if error.errno in _NO_ROOM:
                    raise
                raise UsageError(f"the project's file {name} cannot be read: {error}") from error
            files.append(name)
        for name, text in self._overlays.items():
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                raise UsageError(f"{name} is not a path inside the project")
            path = self._pristine / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_encoded(text, path))
            files.append(name)
        self.files = tuple(sorted(set(files)))

    def read(self, path: str) -> bytes:
        """The bytes of one file as the copies have it. Raises PatchError when there is none."""
        if path not in self.files:
            raise PatchError(f"{path} is not a regular file of the project")
        return (self._pristine / path).read_bytes()

    def source(self, path: str) -> SourceText:
        """The text of one file. Raises PatchError when there is none, or it is not text."""
        return SourceText.from_bytes(self.read(path))

    def copy(self) -> ProjectCopy:
        """A new working copy: one per test run at a time."""
        slot = self.folder / str(self._copies)
        self._copies += 1
        # The folder keeps its name: a project may be a package itself, and be imported by it.
        with in_temporary_folder(self.folder):
            return ProjectCopy(
                project=self.project,
                root=slot / (self.project.name or "project"),
                pristine=self._pristine,
                files=self.files,
                links=self._links,
                bytecode=self.folder / "bytecode",
            )


def _encoded(text: str, path: Path) -> bytes:
    """A buffer's text as the file's own encoding and byte-order mark would have it."""
    try:
        there = SourceText.from_bytes(path.read_bytes())
    except (FileNotFoundError, PatchError):
        return text.encode()
    try:
        return SourceText.from_text(text, there.encoding, there.bom).to_bytes()
    except PatchError:
        return text.encode()
