"""Parts of the search that an evaluation can leave out, as fields of the request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from repairlsp.types import RepairRequest
from synthetic.packages import CatalogueError

WITHOUT: dict[str, tuple[str, object]] = {
    "model": ("use_model", False),
    "templates": ("use_templates", False),
    "likelihood": ("use_likelihood", False),
    "spectrum": ("spectrum", "none"),
    "fork-server": ("use_fork_server", False),
}
"""Part -> the field of RepairRequest and its value that leaves the part out."""


def request_fields(without: Iterable[str]) -> dict[str, object]:
    """What the request says to leave these parts out. Raises CatalogueError where this version of
    repairlsp has no such field, for a run that leaves nothing out must not pass for an ablation."""
    chosen = dict(WITHOUT[part] for part in without)
    known = {field.name for field in fields(RepairRequest)}
    if missing := sorted(chosen.keys() - known):
        raise CatalogueError(f"RepairRequest has no {', '.join(missing)} in this version")
    return chosen


def label(without: Iterable[str]) -> str:
    """`full`, `without model`, `without likelihood and spectrum`."""
    parts = sorted(without)
    return f"without {' and '.join(parts)}" if parts else "full"
