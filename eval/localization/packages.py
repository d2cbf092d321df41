"""Which packages the weights are fitted on, and which they are judged by."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from real_packages import cases
from real_packages.cases import Package


class Packages(NamedTuple):
    fitted: tuple[Package, ...]
    judged: tuple[Package, ...]


def load() -> Packages:
    """Those of this folder's `packages.toml`, and those with hand-made bugs."""
    document = tomllib.loads(Path(__file__).with_name("packages.toml").read_text("utf-8"))
    fitted = tuple(
        Package(
            name=table["name"],
            version=table["version"],
            sha256=table["sha256"],
            license=table["license"],
            test=tuple(table["test"]),
            suite=tuple(table["test"]),
            requires=(),
            notes="",
        )
        for table in document["package"]
    )
    return Packages(fitted, tuple(dict.fromkeys(bug.package for bug in cases.load())))
