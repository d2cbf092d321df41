"""The registry of checks. A check is a function, registered by `@check`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from repairlsp.overfitting.comparison import Comparison
from repairlsp.types import Caution, Grade


class Example(NamedTuple):
    """A function before and after a patch, and the body of the test that failed."""

    before: str
    after: str
    test: str = ""


Applies = Callable[[Comparison], bool]


@dataclass(frozen=True, slots=True)
class Check:
    """A sign that a patch fits the tests and not the program.

    `marked` are patches that it must mark, `unmarked` honest ones, near to those, that it must not.
    """

    caution: Caution
    applies: Applies
    marked: tuple[Example, ...]
    unmarked: tuple[Example, ...]


_registered: dict[str, Check] = {}


def check(
    name: str,
    grade: Grade,
    reason: str,
    *,
    marked: Sequence[Example],
    unmarked: Sequence[Example],
) -> Callable[[Applies], Applies]:
    """Register the decorated function as the check `name`."""

    def register(applies: Applies) -> Applies:
        if name in _registered:
            raise ValueError(f"two checks are named {name}")
        caution = Caution(name, grade, reason)
        _registered[name] = Check(caution, applies, tuple(marked), tuple(unmarked))
        return applies

    return register


@cache
def checks() -> tuple[Check, ...]:
    """Every check, the graver first, then by name. Imports the modules of `checks/` at first."""
    from repairlsp.overfitting import checks as families

    for module in pkgutil.iter_modules(families.__path__):
        importlib.import_module(f"{families.__name__}.{module.name}")
    return tuple(
        sorted(
            _registered.values(),
            key=lambda one: (one.caution.grade != "silencing", one.caution.name),
        )
    )
