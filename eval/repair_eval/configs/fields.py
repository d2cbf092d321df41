"""The suite's reading of TOML tables, with the values that only configurations have."""

from __future__ import annotations

from collections.abc import Collection

from repair_eval.configs.spec import Option
from repair_eval.suite.table import Table


class Fields(Table):
    """A `Table` whose optional values have defaults."""

    def one_of(self, key: str, choices: Collection[str], default: str) -> str:
        """One of a closed set of words."""
        return default if self._get(key) is None else self.choice(key, choices)

    def line(self, key: str, default: str = "") -> str:
        """A text of one line, which may be empty."""
        return default if self._get(key) in (None, "") else self.text(key)

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self._get(key)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.note(key, f"must be a whole number from {least} to {most}, not {value!r}")
        return default

    def number(self, key: str, default: float, least: float, most: float) -> float:
        """A number within bounds."""
        value = self._get(key)
        if value is None:
            return default
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and least <= value <= most
        ):
            return float(value)
        self.note(key, f"must be a number from {least:g} to {most:g}, not {value!r}")
        return default

    def switch(self, key: str, default: bool) -> bool:
        """A boolean."""
        return default if self._get(key) is None else self.flag(key)

    def options(self, key: str) -> tuple[Option, ...]:
        """A table of single values under names of somebody else's; empty where it is not there."""
        value = self._get(key)
        if value is None:
            return ()
        if isinstance(value, dict) and all(
            isinstance(v, str | int | float) for v in value.values()
        ):
            return tuple(Option(name, one) for name, one in value.items())
        self.note(key, "must be a table of texts, numbers and booleans")
        return ()

    def part(self, key: str) -> Fields:
        """A table inside this one, which has to be there."""
        value = self._get(key)
        if not isinstance(value, dict):
            self.note(key, "must be a table")
            value = {}
        return Fields(value, self._where, self.problems, f"{self._prefix}{key}.")
