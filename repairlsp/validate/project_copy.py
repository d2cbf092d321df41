"""One working copy of a project: patched for a test run, and put back afterwards."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from repairlsp.errors import PatchError
from repairlsp.source import SourceText
from repairlsp.types import Edit
from repairlsp.validate.kept import KeptFolder, discard, empty, remove_tree

_BYTECODE = "__pycache__"
_CACHES = frozenset({_BYTECODE, ".pytest_cache", ".hypothesis", ".mypy_cache", ".ruff_cache"})


class _Stamp(NamedTuple):
    """`changed_ns` cannot be set, as the others can by who wants to hide a change."""

    size: int
    modified_ns: int
    changed_ns: int


class ProjectCopy:
    """A copy that tests may write into: `sweep` undoes what they did. Not shared between threads.

    `root` is the project's folder in the copy. `home` and `temporary` are folders for the tests,
    `reports` one for what the test plugin writes, `bytecode` one that all copies share for compiled
    modules from outside. Made by `Workspace.copy`.
    """

    def __init__(
        self,
        project: Path,
        root: Path,
        pristine: Path,
        files: Iterable[str],
        links: Mapping[str, str],
        bytecode: Path,
    ) -> None:
        self.project = project
        self.bytecode = bytecode
        self.root = root
        slot = root.parent
        self.home, self.temporary, self.reports = slot / ".h", slot / ".t", slot / ".r"
        for folder in (root, self.home, self.temporary, self.reports):
            folder.mkdir(parents=True)
        self._pristine = pristine
        self._targets = links
        self._links = {
            name: os.path.relpath(root / target, (root / name).parent)
            for name, target in links.items()
        }
        self._patched: dict[str, bytes] = {}
        self._kept: dict[Path, KeptFolder] = {}
        self._clock = 0
        self._stamps: dict[str, _Stamp] = {}
        for name in files:
            self._restore(name)
        for name in self._links:
            self._relink(name)
        self._folders = {
            parent.as_posix()
            for name in (*self._stamps, *self._links)
            for parent in Path(name).parents
        }

    @contextmanager
    def fresh(self) -> Iterator[ProjectCopy]:
        """Another copy of the same project, for the length of the block: nothing that ran in this
        one has left anything in it."""
        slot = Path(tempfile.mkdtemp(prefix="proof-", dir=self._pristine.parent))
        try:
            yield ProjectCopy(
                project=self.project,
                root=slot / self.root.name,
                pristine=self._pristine,
                files=tuple(self._stamps),
                links=self._targets,
                bytecode=self.bytecode,
            )
        finally:
            remove_tree(slot)

    @property
    def workspace(self) -> Path:
        """The temporary folder that all copies are in."""
        return self._pristine.parent

    @property
    def foundations(self) -> tuple[Path, ...]:
        """What every copy is made from, and what every run shares."""
        return self._pristine, self.bytecode

    def source(self, path: str) -> SourceText:
        """The text of a file as it now is in the copy. Raises PatchError when there is none."""
        self._known(path)
        return SourceText.from_bytes((self.root / path).read_bytes())

    @property
    def files(self) -> Collection[str]:
        """The project's files, as paths relative to its root."""
        return self._stamps.keys()

    @property
    def is_patched(self) -> bool:
        return bool(self._patched)

    def preview(self, edits: Iterable[Edit]) -> dict[str, tuple[SourceText, SourceText]]:
        """Each file that the edits change, before and after. Raises PatchError when an edit does
        not fit its file."""
        by_path: dict[str, list[Edit]] = {}
        for edit in edits:
            by_path.setdefault(edit.path, []).append(edit)
        old = {path: self.source(path) for path in by_path}
        return {path: (old[path], old[path].apply(part)) for path, part in by_path.items()}

    @contextmanager
    def patched(self, edits: Iterable[Edit]) -> Iterator[ProjectCopy]:
        """The copy with the edits made; the very same bytes as before when the block is left.

        Raises PatchError when an edit does not fit its file; the copy is then as before.
        """
        new = {path: text.to_bytes() for path, (_, text) in self.preview(edits).items()}
        try:
            self.replace(new)
            yield self
        finally:
            for path in new:
                self._patched.pop(path, None)
                self._restore(path)
            self.sweep()

    def replace(self, files: Mapping[str, bytes]) -> None:
        """Put these bytes into these files, for as long as the copy is used. Raises PatchError when
        one of them is no file of the project; the others are then as before."""
        for path in files:
            self._known(path)
        for path, data in files.items():
            self._patched[path] = data
            self._restore(path)

    def _known(self, path: str) -> None:
        if path not in self._stamps:
            raise PatchError(f"{path} is not a regular file of the project")

    def sweep(self) -> None:
        """Undo what a run did to the files: about 4 ms for a thousand of them. Compiled bytecode
        stays, for it makes the next run faster."""
        seen: set[str] = set()
        self._sweep_folder(self.root, "", seen)
        for name in self._stamps.keys() - seen:
            self._restore(name)
        for name in self._links.keys() - seen:
            self._relink(name)
        for folder in (self.home, self.temporary):
            if folder in self._kept:
                self._kept[folder].restore()
            else:
                empty(folder)

    def keep(self) -> str | None:
        """From now on a sweep leaves what `home` and `temporary` hold now. Returns why it cannot,
        which is so too where something else was written into the project, else None."""
        try:
            for folder in (self.home, self.temporary):
                store = self.root.parent / f"{folder.name}-kept"
                discard(store)
                self._kept[folder] = KeptFolder(folder, store)
        except (ValueError, OSError, shutil.Error) as error:
            self.forget()
            return f"files that cannot be kept were written to {folder.name}: {error}"
        strays = self._strays()
        return f"{strays[0]} was written" if strays else None

    def forget(self) -> None:
        """A sweep leaves nothing in `home` and `temporary` any more."""
        self._kept.clear()
        self.sweep()

    def clear(self) -> None:
        """Empty `home` and `temporary`, until the next sweep, for a run that starts afresh."""
        for folder in self._kept:
            empty(folder)

    def _strays(self) -> list[str]:
        """What was written into the project, compiled bytecode and caches aside."""
        found = []
        for where, folders, files in os.walk(self.root):
            folders[:] = [name for name in folders if name not in _CACHES]
            for name in files:
                path = Path(where, name)
                known = path.relative_to(self.root).as_posix()
                if known in self._links:
                    continue
                if known not in self._stamps or _stamp(path.lstat()) != self._stamps[known]:
                    found.append(known)
        return found

    def _sweep_folder(self, folder: Path, prefix: str, seen: set[str]) -> None:
        try:
            entries = list(os.scandir(folder))
        except PermissionError:
            folder.chmod(0o700)
            entries = list(os.scandir(folder))
        for entry in entries:
            name = prefix + entry.name
            if entry.is_symlink():
                known = self._links.get(name) == os.readlink(entry)  # noqa: PTH115 (an entry)
            elif entry.is_dir():
                if entry.name == _BYTECODE:
                    continue
                known = name in self._folders
                if known:
                    self._sweep_folder(Path(entry), name + "/", seen)
            else:
                known = name in self._stamps
                if known and _stamp(entry.stat(follow_symlinks=False)) != self._stamps[name]:
                    known = False  # restored below, where missing files are
            if known:
                seen.add(name)
            else:
                discard(Path(entry))

    def _restore(self, name: str) -> None:
        """Write a file as it should be: the patched bytes, else the pristine ones.

        Bytecode is valid for a source file's size and its time in whole seconds, so a patch that
        keeps the size would run the old code. Each patched file therefore gets a time of its own.
        """
        path = self.root / name
        data = self._patched.get(name)
        if data is None:
            discard(path)
            copy_file(self._pristine / name, path)
        else:
            if path.is_symlink() or not path.is_file():
                discard(path)
                path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            self._clock += 1
            second = int((self._pristine / name).stat().st_mtime) - self._clock
            os.utime(path, (second, second))
        self._stamps[name] = _stamp(path.stat())

    def _relink(self, name: str) -> None:
        path = self.root / name
        discard(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(self._links[name])


def copy_file(source: Path, target: Path) -> None:
    """Copy bytes, time and permissions; the copy is always writable by its owner."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target, follow_symlinks=False)
    status = source.stat()
    target.chmod(stat.S_IMODE(status.st_mode) & 0o777 | stat.S_IRUSR | stat.S_IWUSR)
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))


def _stamp(status: os.stat_result) -> _Stamp:
    return _Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)
