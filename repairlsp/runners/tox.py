"""`tox`: the environment that tox would make is the one that we find; what it runs in there is in
its configuration."""

from __future__ import annotations

import configparser
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from repairlsp.errors import UsageError
from repairlsp.runners.words import is_python

_FACTOR = re.compile(r"[\w!,.{}-]+:\s+")
_POSARGS = re.compile(r"\{posargs(?::([^{}]*))?\}|\[\]")
_OURS = {"{toxinidir}": ".", "{tox_root}": ".", "{envpython}": "python", "{/}": "/"}


class Section(NamedTuple):
    """What an environment runs, line by line, and the variables that it sets."""

    commands: tuple[str, ...]
    variables: Mapping[str, str]


def named(words: Sequence[str]) -> str | None:
    """The environment that a tox command names, "" for the usual one; None for other commands."""
    words = list(words)
    if len(words) > 2 and is_python(words[0]) and words[1:3] == ["-m", "tox"]:
        words = words[2:]
    if words[:1] != ["tox"]:
        return None
    for option, value in zip(words[1:], [*words[2:], ""], strict=False):
        if option == "-e":
            return value.split(",")[0]
        if option.startswith("-e") and not option.startswith("--"):
            return option[2:].split(",")[0]
    return ""


def commands(project: Path, name: str = "") -> Iterator[tuple[str, ...]]:
    """The commands of an environment, of the usual one for "", with the variables that it sets
    before them. Those with a substitution that only tox can make are left out.

    Raises UsageError for a configuration that cannot be read.
    """
    section = _section(project, name)
    variables = [f"{key}={value}" for key, value in section.variables.items()]
    for line in section.commands:
        try:
            words = shlex.split(_substituted(_FACTOR.sub("", line, count=1).lstrip("-!@ ")))
        except ValueError:
            continue
        if words and not any("{" in word for word in words):
            yield (*(variable for variable in variables if "{" not in variable), *words)


def _substituted(line: str) -> str:
    line = _POSARGS.sub(lambda match: match[1] or "", line)
    for name, value in _OURS.items():
        line = line.replace(name, value)
    return line


def _section(project: Path, name: str) -> Section:
    """The environment's own section over the one that all share, from where tox looks, in turn."""
    for file, prefix in (("tox.ini", ""), ("setup.cfg", "tox:")):
        text = _read(project / file)
        if text is not None and (found := _of_ini(text, file, prefix, name)) is not None:
            return found
    for file, path in (("tox.toml", ()), ("pyproject.toml", ("tool", "tox"))):
        text = _read(project / file)
        if text is not None and (found := _of_toml(text, file, path, name)) is not None:
            return found
    return Section((), {})


def _read(file: Path) -> str | None:
    try:
        return file.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {error}") from error


def _of_ini(text: str, file: str, prefix: str, name: str) -> Section | None:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise UsageError(f"{file} cannot be read: {error}") from error
    sections = [f"{prefix}testenv", f"{prefix}testenv:{name}"]
    present = [section for section in sections if parser.has_section(section)]
    if not present:
        return None
    values = {key: value for section in present for key, value in parser.items(section)}
    lines = values.get("commands", "").replace("\\\n", " ").splitlines()
    told = values.get("setenv") or values.get("set_env") or ""
    pairs = (line.partition("=") for line in told.splitlines() if "=" in line)
    variables = {key.strip(): value.strip() for key, _, value in pairs}
    return Section(tuple(line.strip() for line in lines if line.strip()), variables)


def _of_toml(text: str, file: str, path: Sequence[str], name: str) -> Section | None:
    """tox 4's own tables: a command is a list of words, some of which may be tables that say what
    to put there; those are left out, with what they would say."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file} cannot be read: {error}") from error
    for key in path:
        table = _table(table, key)
    if isinstance(legacy := table.get("legacy_tox_ini"), str):
        return _of_ini(legacy, file, "", name)
    values = {**_table(table, "env_run_base"), **_table(_table(table, "env"), name)}
    commands = values.get("commands")
    lines = [
        shlex.join(word for word in command if isinstance(word, str))
        for command in (commands if isinstance(commands, list) else [])
        if isinstance(command, list)
    ]
    told = _table(values, "set_env").items()
    variables = {key: value for key, value in told if isinstance(value, str)}
    return Section(tuple(lines), variables) if values else None


def _table(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = table.get(key)
    return value if isinstance(value, dict) else {}
