"""Output formats of a repair, one file for each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from repairlsp.formats import diff, json, text
from repairlsp.formats.format import PLAIN, Format, View

FORMATS: Mapping[str, Format] = MappingProxyType(
    {"text": text.render, "json": json.render, "diff": diff.render}
)

__all__ = ["FORMATS", "PLAIN", "Format", "View"]
