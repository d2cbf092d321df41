"""What a commit or a diff changes in a project, sorted into the parts of a defect."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from git import Repo
from git.exc import GitError
from unidiff.errors import UnidiffParseError
from unidiff.patch import PatchSet

from repair_eval.importers.draft import UnfitError
from repair_eval.suite.commit import Commit
from repair_eval.suite.files import write_files
from repair_eval.suite.languages import is_source
from repairlsp.errors import BrokenEnvironmentError
from repairlsp.patches import is_test_path

Changed = Mapping[str, tuple[bytes | None, bytes | None]]
"""Path -> (before, after); None where there is no file."""


class Parts(NamedTuple):
    """What a fix changes: `source` becomes `fixed/`, `tests` become `visible/`. Anything else
    (documentation, settings) is no part of a defect."""

    source: Mapping[str, bytes]
    tests: Mapping[str, bytes]


def parts(changed: Changed) -> Parts:
    """Sort a change. Raises UnfitError for source that is added or removed: our schema, like our
    repairs, changes what is there."""
    source, tests = {}, {}
    for path, (before, after) in changed.items():
        if is_test_path(path):
            if after is not None:
                tests[path] = after
        elif is_source(path, "python"):
            if before is None or after is None:
                raise UnfitError(f"its fix {'adds' if before is None else 'removes'} {path}")
            source[path] = after
    return Parts(source, tests)


def modules(paths: Collection[str]) -> list[str]:
    """Those of some test files that pytest can be given: no `conftest.py`, no data."""
    names = {path: path.rpartition("/")[2] for path in paths}
    return sorted(p for p, n in names.items() if n.endswith(".py") and n not in _NOT_TESTS)


_NOT_TESTS = frozenset({"conftest.py", "__init__.py"})


_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{4,64}")


def resolve(repository: Path, id_: str) -> Commit:
    """The commit by any spelling of its id. Raises UnfitError."""
    try:
        if not _HEXADECIMAL.fullmatch(id_):
            raise ValueError(id_)
        with Repo(repository) as repo:
            return Commit(repository, str(repo.git.rev_parse("--verify", f"{id_}^{{commit}}")))
    except (GitError, ValueError) as error:
        raise UnfitError(f"{repository} has no commit {id_}: git fetch it") from error


def apply(base: Commit, diff: str) -> Changed:
    """What a unified diff makes of the files of a commit. Raises UnfitError where it does not fit,
    or moves files."""
    try:
        files = list(PatchSet(diff))
    except UnidiffParseError as error:
        raise UnfitError(f"its patch is no unified diff: {error}") from error
    if any(file.is_rename for file in files):
        raise UnfitError("its patch renames files")
    before = {file.path: None if file.is_added_file else base.read(file.path) for file in files}
    with tempfile.TemporaryDirectory(prefix="repair-eval-") as name:
        folder = Path(name).resolve()
        write_files(folder, {path: data for path, data in before.items() if data is not None})
        _git_apply(folder, diff)
        return {path: (data, _bytes(folder / path)) for path, data in before.items()}


def _git_apply(folder: Path, diff: str) -> None:
    # Inside somebody's repository `git apply` would skip files outside its index without a word.
    env = {**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent), "LC_ALL": "C"}
    command = ["git", "apply", "--whitespace=nowarn", "-"]
    data = diff.encode("utf-8", "surrogateescape")
    try:
        subprocess.run(command, cwd=folder, env=env, input=data, check=True, capture_output=True)
    except FileNotFoundError as error:
        raise BrokenEnvironmentError("there is no git", "install git") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UnfitError(f"its patch does not apply: {said[0] if said else 'no reason'}") from error


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None
