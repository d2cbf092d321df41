"""The tools of tools.toml: which one a diagnostic is from, and what its output says."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from repairlsp.validate.interpreter import project_interpreter

_USUAL_EXITS = (0, 1)
"""Nothing found, something found: all tools of the table agree. With others it did not work."""

Findings = Counter[tuple[str, str]]
"""How often a tool says what: (code, message). Without lines, which a patch may move."""


@dataclass(frozen=True)
class Tool:
    name: str
    sources: tuple[str, ...]
    program: str
    arguments: tuple[str, ...]
    finding: re.Pattern[str]

    def find(self, project: Path) -> Path | None:
        """The program for a project: its environment's own, or one on the PATH."""
        folder = str(project_interpreter(project).parent)
        path = os.pathsep.join([folder, os.environ.get("PATH", os.defpath)])
        found = shutil.which(self.program, path=path)
        return Path(found) if found else None

    def read(self, exit_code: int | None, output: str) -> Findings | None:
        """What it found; None when it did not work."""
        if exit_code not in _USUAL_EXITS:
            return None
        matches = (self.finding.match(line) for line in output.splitlines())
        return Counter(
            (found.groupdict().get("code") or "", normal(found["message"]))
            for found in matches
            if found
        )


def tool_of(source: str) -> Tool | None:
    """The tool that a diagnostic's `source` names, if it is one that we know."""
    name = source.casefold()
    return next((tool for tool in _tools() if name in tool.sources), None)


def normal(message: str) -> str:
    """A message with single spaces, as an editor may have changed them."""
    return " ".join(message.split())


@cache
def _tools() -> tuple[Tool, ...]:
    table = tomllib.loads(Path(__file__).with_name("tools.toml").read_text("utf-8"))
    return tuple(
        Tool(
            name,
            tuple(entry["sources"]),
            entry["program"],
            tuple(entry["arguments"]),
            re.compile(entry["finding"]),
        )
        for name, entry in table.items()
    )
