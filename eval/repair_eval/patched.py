"""What an answer makes of the files of a defect's buggy version."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from unidiff.errors import UnidiffParseError
from unidiff.patch import PatchSet

from repair_eval.suite import Defect
from repair_eval.suite.files import write_files
from repairlsp.errors import BrokenEnvironmentError, PatchError
from repairlsp.patches import is_test_path
from repairlsp.source import SourceText


def patched_files(defect: Defect, project: Path, diff: str) -> dict[str, bytes]:
    """The files that a diff changes, as it makes them; `project` is the buggy version. None of them
    for the diff "", which changes nothing.

    Raises PatchError where the diff does not apply or touches what an answer must not touch:
    tests, and files that are not there.
    """
    if not diff:
        return {}
    known = defect.content.test_files("all")
    paths = touched(diff)
    for path in paths:
        if path in known or is_test_path(path):
            raise PatchError(f"the patch changes a test: {path}")
        place = project / path
        if not place.is_file() or place.resolve() != project.resolve() / path:
            raise PatchError(f"the patch changes {path}, which is no file of the project")
    with tempfile.TemporaryDirectory(prefix="repair-eval-") as name:
        folder = Path(name)
        write_files(folder, {path: (project / path).read_bytes() for path in paths})
        source = SourceText.from_bytes((folder / paths[0]).read_bytes())
        _apply(folder, diff.encode(source.encoding))
        return {path: (folder / path).read_bytes() for path in paths}


def touched(diff: str) -> list[str]:
    """The paths of a diff. Raises PatchError where it is none, or does more than change files."""
    try:
        files = PatchSet(diff)
    except UnidiffParseError as error:
        raise PatchError(f"not a unified diff: {error}") from error
    if not files or any(f.is_added_file or f.is_removed_file or f.is_rename for f in files):
        raise PatchError("the patch adds, removes or renames files")
    return [file.path for file in files]


def _apply(folder: Path, diff: bytes) -> None:
    # Inside somebody's repository `git apply` would silently skip files outside its index's root.
    env = {**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.resolve().parent), "LC_ALL": "C"}
    command = ["git", "apply", "--whitespace=nowarn", "-"]
    try:
        subprocess.run(command, cwd=folder, env=env, input=diff, check=True, capture_output=True)
    except FileNotFoundError as error:
        raise BrokenEnvironmentError("there is no git", "install git") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise PatchError(f"the patch does not apply: {said[0] if said else 'no reason'}") from error
