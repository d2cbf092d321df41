"""Load configuration files: every mistake in a file is told at once, with its key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from repair_eval.configs.fields import Fields
from repair_eval.configs.matrix import Combination, expand
from repair_eval.configs.read import read_spec
from repair_eval.configs.spec import Configured
from repair_eval.suite.table import read_toml
from repairlsp.errors import UsageError

SCHEMA_VERSION = 1
_INSTALLED = Path(__file__).with_name("ready")
READY = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[2] / "configs"
"""The configurations that come with the harness; they can be named without a path."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")


class ConfigurationError(UsageError):
    """A configuration file is not as its schema says; the message has one finding a line."""


def load_configurations(files: Sequence[str]) -> tuple[Configured, ...]:
    """All configurations of the files, in order. Raises ConfigurationError, SuiteError."""
    found = tuple(one for file in files for one in load_file(find(file)))
    twice = [name for name, count in Counter(one.name for one in found).items() if count > 1]
    if twice:
        raise ConfigurationError(
            f"{', '.join(twice)}: more than one configuration of this name",
            "name files differently, and the values of a matrix",
        )
    return found


def find(file: str) -> Path:
    """A path to a file, or the name of a ready configuration."""
    ready = READY / f"{file}.toml"
    if _NAME.fullmatch(file) and not Path(file).is_file() and ready.is_file():
        return ready
    if Path(file).is_file():
        return Path(file)
    known = ", ".join(sorted(path.stem for path in READY.glob("*.toml"))) or "none here"
    raise ConfigurationError(
        f"there is no configuration {file!r}, neither as a file nor by that name",
        f"ready configurations: {known}",
    )


def load_file(path: Path) -> tuple[Configured, ...]:
    """The configurations that one file stands for."""
    problems: list[str] = []
    document = read_toml(path)
    whole = Fields(document, str(path), problems)
    found = [_configured(path, each, problems) for each in expand(document, whole)]
    if problems:
        raise ConfigurationError("\n".join(dict.fromkeys(problems)))
    return tuple(found)


def _configured(path: Path, combination: Combination, problems: list[str]) -> Configured:
    fields = Fields(combination.document, str(path), problems)
    fields.version(SCHEMA_VERSION)
    name = "-".join((path.stem, *combination.names))
    if not _NAME.fullmatch(name):
        problems.append(f"{path}: the name {name!r} has other than letters, digits and ._+-")
    label = fields.text("label")
    precision = fields.line("precision")
    hardware = fields.line("hardware")
    spec = read_spec(fields.part("source"))
    fields.refuse_others()
    return Configured(
        name=name,
        label=" ".join((label, *_in_brackets(combination.labels))),
        precision=precision,
        hardware=hardware,
        spec=spec,
    )


def _in_brackets(labels: Sequence[str]) -> Iterator[str]:
    if labels:
        yield f"({', '.join(labels)})"
