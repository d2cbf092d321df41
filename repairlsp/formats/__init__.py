"""Output formats of a repair, one file for each.

text = FORMATS["sarif"](result, request)
data = encoded("sarif", text)
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from repairlsp.formats import (
    diff,
    github,
    gitlab,
    json,
    markdown,
    patch,
    rdjson,
    rdjsonl,
    sarif,
    text,
)
from repairlsp.formats.explanation import explanation
from repairlsp.formats.format import PLAIN, Format, View

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "text": text.render,
        "json": json.render,
        "diff": diff.render,
        "patch": patch.render,
        "markdown": markdown.render,
        "github": github.render,
        "gitlab": gitlab.render,
        "rdjson": rdjson.render,
        "rdjsonl": rdjsonl.render,
        "sarif": sarif.render,
    }
)

# They hold lines of files in the files' own encodings, where others only show them.
_EXACT = ("diff", "patch")


def encoded(name: str, rendered: str) -> bytes:
    """What a format rendered as the bytes to write or to send."""
    errors = "surrogateescape" if name in _EXACT else "backslashreplace"
    return rendered.encode("utf-8", errors)


__all__ = ["FORMATS", "PLAIN", "Format", "View", "encoded", "explanation"]
