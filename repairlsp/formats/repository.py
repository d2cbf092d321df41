"""Where the project is in its git repository: reports of a CI name files from there."""

from __future__ import annotations

from pathlib import Path

from repairlsp.errors import PatchError
from repairlsp.formats.changes import by_file
from repairlsp.types import Patch, RepairRequest


def prefix(project: Path) -> str:
    """What stands before a project's path to make it one of the repository: `services/shop/`, or
    "" where the project is the repository, or in none."""
    for folder in (project, *project.parents):
        if (folder / ".git").exists():
            inside = project.relative_to(folder).as_posix()
            return "" if inside == "." else f"{inside}/"
    return ""


def exact_diff(patch: Patch, request: RepairRequest, below: str = "") -> str:
    """The patch's diff as text whose bytes, by UTF-8 with `surrogateescape`, are those of the
    files, each in its own encoding. `below` is put before every path (see `prefix`)."""
    from repairlsp.patches import diff_header

    folder, exact = request.tree or request.project, []
    for path, part in by_file(patch):
        hunks = part[len(diff_header(path)) :].encode(_encoding(folder / path), "surrogateescape")
        exact += [diff_header(below + path), hunks.decode("utf-8", "surrogateescape")]
    return "".join(exact)


def _encoding(file: Path) -> str:
    from repairlsp.source import SourceText

    try:
        return SourceText.from_bytes(file.read_bytes()).encoding
    except (OSError, PatchError):  # it is gone, or was written to since: its text was UTF-8 or not
        return "utf-8"
