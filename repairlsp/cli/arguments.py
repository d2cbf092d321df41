"""Arguments that several verbs take, read with the limits and the wording of the settings."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from repairlsp.settings import READERS


def number(name: str, kind: Callable[[str], object]) -> Callable[[str], object]:
    """An argparse type with the limits and the wording of the setting of that name."""

    def read(text: str) -> object:
        try:
            value = kind(text)
        except ValueError:
            value = text
        try:
            return READERS[name](value)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{error}, not {text!r}") from None

    return read


def model_of(project: Path, name: str | None) -> str | None:
    """The settings' model; a folder there is meant relative to the project."""
    if name is not None and ("/" in name or name.startswith(".")):
        return str(project / Path(name).expanduser())
    return name
