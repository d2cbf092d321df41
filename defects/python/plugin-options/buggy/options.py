"""Options of plugins: what values they take, and what to tell people about wrong ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any


class Option:
    """A value of any kind. None stands for one that is not given."""

    def __init__(self, name: str, *, required: bool = False) -> None:
        self.name = name
        self.required = required

    def problems(self, value: Any) -> list[str]:
        """What is wrong with the value, in words that follow its name; empty where nothing is."""
        return ["is required"] if self.required and value is None else []


class Text(Option):
    """A text, of which all has to match the pattern."""

    def __init__(self, name: str, *, pattern: str = ".*", required: bool = False) -> None:
        super().__init__(name, required=required)
        self.pattern = pattern

    def problems(self, value: Any) -> list[str]:
        problems = super().problems(value)
        if value is not None and not re.fullmatch(self.pattern, str(value)):
            problems.append(f"does not match {self.pattern}")
        return problems


class Number(Option):
    """A number from `least` to `most`, both of which are allowed."""

    least: float = float("-inf")
    most: float = float("inf")

    def problems(self, value: Any) -> list[str]:
        problems = super().problems(value)
        if value is None:
            return problems
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            problems.append("is not a number")
        elif not self.least <= value <= self.most:
            problems.append(f"is not from {self.least} to {self.most}")
        return problems


class Port(Number):
    """A network port."""

    least = 1
    most = 65535

    def problems(self, value: Any) -> list[str]:
        problems: list[str] = []
        if isinstance(value, float):
            problems.append("is not a whole number")
        return problems


def check(options: list[Option], values: Mapping[str, Any]) -> list[str]:
    """All problems with the values, as sentences, in the order of the options. Values for which
    there is no option come last.
    """
    found = []
    for option in options:
        found += [f"{option.name} {text}." for text in option.problems(values.get(option.name))]
    known = {option.name for option in options}
    return found + [f"{name} is not an option." for name in values if name not in known]
