"""From what a user calls a model to its folder. Looks only; checking is the manifest's part."""

from __future__ import annotations

import re
from pathlib import Path

import platformdirs

from repairlsp.errors import ModelError

EMBEDDED = Path(__file__).parent / "embedded"
"""The model that ships inside the package."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def resolve(model: str | None) -> Path:
    """The folder of a model: None or "embedded" is the one that ships, else a name or a folder.

    A name of a pulled model wins over a folder of that name in the working directory; write
    `./NAME` for the folder. Raises ModelError, naming what there is, where nothing is found.
    """
    if model is None or model == "embedded":
        return _embedded()
    if _NAME.fullmatch(model) and (pulled := pulled_models() / model).is_dir():
        return pulled
    folder = Path(model).expanduser()
    if model and folder.is_dir():
        return folder.resolve()
    raise ModelError(
        f"there is no model {model!r}, neither by that name nor as a folder",
        f"Models here: {', '.join(names())}.",
    )


def names() -> list[str]:
    """What `resolve` knows by name, the embedded model first."""
    folder = pulled_models()
    pulled = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    return ["embedded", *(n for n in pulled if _NAME.fullmatch(n) and (folder / n).is_dir())]


def pulled_models() -> Path:
    """Where pulled models live, one folder per name: under the user's data folder."""
    return platformdirs.user_data_path("repairlsp") / "models"


def _embedded() -> Path:
    if not EMBEDDED.is_dir():
        raise ModelError(
            "this installation of repairlsp has no embedded model",
            "Install repairlsp again, or choose another model with --model.",
        )
    return EMBEDDED
