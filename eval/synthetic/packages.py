"""The packages of `packages.toml`, checked on load."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from real_packages.cases import Package as Release

HERE = Path(__file__).resolve().parent
SCHEMA_VERSION = 1

_TEXTS = ("name", "version", "sha256", "license")
_LISTS = ("code", "options", "without")


class CatalogueError(Exception):
    """`packages.toml`, `bugs.jsonl` or a file of results is not as documented."""


@dataclass(frozen=True, slots=True)
class Package:
    """A source release, and the folders whose functions get bugs.

    `release.test` starts every command of the package, `release.suite` is its whole suite.
    """

    release: Release
    code: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.release.name

    def command(self, tests: tuple[str, ...]) -> tuple[str, ...]:
        """The command that runs these test files, classes or functions."""
        return (*self.release.test, *tests)


def load(path: Path = HERE / "packages.toml") -> dict[str, Package]:
    """All packages by name, in the file's order. Raises CatalogueError."""
    document = tomllib.loads(path.read_text("utf-8"))
    if document.get("schema_version") != SCHEMA_VERSION:
        raise CatalogueError(f"{path.name}: schema_version must be {SCHEMA_VERSION}")
    packages = [_package(table) for table in document["package"]]
    return {package.name: package for package in packages}


def _package(table: dict[str, object]) -> Package:
    name = table.get("name")
    if unknown := sorted(set(table) - {*_TEXTS, *_LISTS, "notes"}):
        raise CatalogueError(f"{name}: unknown keys {', '.join(unknown)}")
    texts = {key: table.get(key) for key in _TEXTS}
    if bad := [key for key, value in texts.items() if not isinstance(value, str) or not value]:
        raise CatalogueError(f"{name}: {bad[0]} must be a text")
    lists = {key: table.get(key, []) for key in _LISTS}
    for key, value in lists.items():
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise CatalogueError(f"{name}: {key} must be a list of texts")
    if not lists["code"]:
        raise CatalogueError(f"{name}: code must name a folder")
    code, options, without = (tuple(_words(lists[key])) for key in _LISTS)
    test = ("pytest", "-q", *options)
    return Package(
        Release(
            name=str(texts["name"]),
            version=str(texts["version"]),
            sha256=str(texts["sha256"]),
            license=str(texts["license"]),
            test=test,
            suite=(*test, *without),
            requires=(),
            notes=str(table.get("notes", "")),
        ),
        code,
    )


def _words(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(word) for word in value]
