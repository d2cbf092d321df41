"""Copies of real defects, to be damaged by tests."""

from __future__ import annotations

import shutil
from pathlib import Path

SUITE = Path(__file__).parents[3] / "defects"


def copy_defect(id_: str, suite: Path) -> Path:
    """The folder of a copy of a defect of the project in a suite of its own."""
    language = id_.partition("/")[0]
    for name in (id_, f"{language}/support"):
        if (SUITE / name).is_dir():
            shutil.copytree(SUITE / name, suite / name)
    return suite / id_


def write(path: Path, text: str) -> None:
    """Write a file, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def replace(path: Path, old: str, new: str) -> None:
    """Replace a text that is there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
