"""What a defect needs beyond its language's own tools, as `defect.toml` writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PROGRAM = re.compile(r"(?P<name>[a-z][\w+.-]*?)(?:>=(?P<version>\d+(?:\.\d+)*))?")
_PACKAGE = re.compile(r"python-package:(?P<name>[A-Za-z_]\w*)")


@dataclass(frozen=True, slots=True)
class Need:
    """A program of at least a version, or a Python package by the name it is imported by."""

    name: str
    version: tuple[int, ...] = ()
    is_package: bool = False

    def __str__(self) -> str:
        least = f">={'.'.join(map(str, self.version))}" if self.version else ""
        return f"{'python-package:' if self.is_package else ''}{self.name}{least}"


def parse_need(text: str) -> Need | None:
    """`NAME`, `NAME>=VERSION` or `python-package:NAME`; None for anything else."""
    if package := _PACKAGE.fullmatch(text):
        return Need(package["name"], is_package=True)
    if program := _PROGRAM.fullmatch(text):
        version = program["version"]
        return Need(program["name"], tuple(map(int, version.split("."))) if version else ())
    return None
