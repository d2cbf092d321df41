"""Typed reading of a TOML table, which remembers every problem instead of stopping at the first."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

from repair_eval.suite.errors import SuiteError


class Table:
    """One table of a TOML file. Every getter returns a value of its type, also for a bad one, and
    notes the problem; `refuse_others` notes the keys that nobody asked for."""

    def __init__(
        self, values: Mapping[str, object], where: str, problems: list[str], prefix: str = ""
    ) -> None:
        self._values = values
        self._where = where
        self._prefix = prefix
        self._asked: set[str] = set()
        self.problems = problems

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __bool__(self) -> bool:
        return bool(self._values)

    def note(self, key: str, problem: str) -> None:
        """Remember a problem with one key."""
        self.problems.append(f"{self._where}: {self._prefix}{key} {problem}")

    def text(self, key: str) -> str:
        """A text that is not empty and has no line breaks."""
        value = self._get(key)
        if isinstance(value, str) and value.strip() == value and value and "\n" not in value:
            return value
        self.note(key, "must be a text of one line, without blanks around it")
        return ""

    def choice(self, key: str, choices: Collection[str]) -> str:
        """One of a closed set of words."""
        value = self._get(key)
        if isinstance(value, str) and value in choices:
            return value
        self.note(key, f"must be one of {', '.join(choices)}{_not(value)}")
        return next(iter(choices))

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts; `default` where the key is not there."""
        value = self._get(key)
        if value is None:
            return default
        if isinstance(value, list) and value and all(isinstance(v, str) and v for v in value):
            return tuple(value)
        self.note(key, "must be a list of texts, none of them empty")
        return default

    def words(self, key: str, choices: Collection[str]) -> frozenset[str]:
        """Different words of a closed set; a list that may be empty, but must be there."""
        value = self._get(key)
        if not isinstance(value, list):
            self.note(key, f"must be a list of words from: {', '.join(choices)}")
            return frozenset()
        words = [str(word) for word in value]
        for word in dict.fromkeys(words):
            if word not in choices:
                self.note(key, f"must only hold words from: {', '.join(choices)}{_not(word)}")
            elif words.count(word) > 1:
                self.note(key, f"holds {word!r} twice")
        return frozenset(words)

    def seconds(self, key: str, default: float) -> float:
        """A positive number of seconds, at most ten minutes."""
        value = self._get(key)
        if value is None:
            return default
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 600:
            return float(value)
        self.note(key, "must be a number of seconds above 0 and up to 600")
        return default

    def flag(self, key: str) -> bool:
        """A boolean, false where the key is not there."""
        value = self._get(key)
        if not isinstance(value, bool | None):
            self.note(key, "must be true or false")
        return value is True

    def table(self, key: str) -> Table:
        """A table inside this one; an empty one where it is not there."""
        value = self._get(key)
        if value is not None and not isinstance(value, dict):
            self.note(key, "must be a table")
            value = {}
        return Table(value or {}, self._where, self.problems, f"{self._prefix}{key}.")

    def version(self, supported: int) -> None:
        """Check `schema_version`."""
        if self._get("schema_version") != supported:
            self.note("schema_version", f"must be {supported}")

    def refuse_others(self) -> None:
        """Note every key that was never asked for: most are spelling mistakes."""
        for key in sorted(set(self._values) - self._asked):
            self.note(key, f"is not a key here; there are {', '.join(sorted(self._asked))}")

    def _get(self, key: str) -> object:
        self._asked.add(key)
        return self._values.get(key)


def read_toml(path: Path) -> dict[str, object]:
    """The document. Raises SuiteError that names the file, and the line where TOML has one."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError as error:
        raise SuiteError(f"{path}: the file is missing") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SuiteError(f"{path}: not TOML: {error}") from error


def _not(value: object) -> str:
    return f", not {value!r}" if value is not None else ""
