"""Layouts: HTML with places where something is put in.

`{{ title }}` puts in a value of the page, escaped so that it is plain text wherever it stands, in
an element or in an attribute; `{{ & body }}` puts it in as it is; `{{ > menu }}` puts in another
layout, with the same values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

_PLACE = re.compile(r"\{\{\s*([&>]?)\s*([\w-]+)\s*\}\}")


class Layouts:
    """The layouts in a folder, as `NAME.html`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def render(self, name: str, values: Mapping[str, str]) -> str:
        """The layout with the values put in. A value that the page lacks is empty."""

        def put(place: re.Match[str]) -> str:
            mark, key = place.groups()
            if mark == ">":
                return self.render(key, values)
            value = values.get(key, "")
            return value if mark == "&" else escape(value)

        return _PLACE.sub(put, self._read(name))

    def _read(self, name: str) -> str:
        return (self._folder / f"{name}.html").read_text(encoding="utf-8")
