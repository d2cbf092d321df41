"""What the schema knows of each language: its test runner, its source files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from repair_eval.suite.defect import RunnerName
from repair_eval.suite.vocabulary import Language

RUNNERS: Mapping[Language, RunnerName] = MappingProxyType(
    {
        "python": "pytest",
        "javascript": "node",
        "typescript": "node",
        "c": "make",
        "java": "make",
        "rust": "cargo",
    }
)
"""Each language has one runner; `repair_eval.runners` has an adapter for each."""

COMMANDS: Mapping[RunnerName, tuple[str, ...]] = MappingProxyType(
    {
        "pytest": ("pytest", "-q"),
        "node": ("node", "--test"),
        "make": ("make", "check"),
        "cargo": ("cargo", "test"),
    }
)
"""A runner's command where `tests.command` does not say."""

_SUFFIXES: Mapping[Language, frozenset[str]] = MappingProxyType(
    {
        "python": frozenset({".py"}),
        "javascript": frozenset({".js", ".mjs", ".cjs"}),
        "typescript": frozenset({".ts", ".mts"}),
        "c": frozenset({".c", ".h"}),
        "java": frozenset({".java"}),
        "rust": frozenset({".rs"}),
    }
)


def is_source(path: str, language: Language) -> bool:
    """Whether a path has a suffix of the language's source files."""
    return PurePosixPath(path).suffix in _SUFFIXES[language]
