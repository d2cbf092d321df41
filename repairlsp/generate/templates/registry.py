"""The registry of fix templates. A family is a function, registered by `@template`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target


class Example(NamedTuple):
    """A small program before and after the template. The tests run every one of them."""

    before: str
    after: str


Propose = Callable[[Target], Iterator[Rewrite]]


@dataclass(frozen=True, slots=True)
class Template:
    """A family of fixes.

    `name` is its key in `priors.toml` and what a patch's source says after `template:`.
    `source` cites where the family is described. `propose` yields its rewrites of a target.
    """

    name: str
    source: str
    examples: tuple[Example, ...]
    propose: Propose


_registered: dict[str, Template] = {}


def template(
    name: str, *, source: str, examples: Sequence[Example]
) -> Callable[[Propose], Propose]:
    """Register the decorated function as the fix template `name`."""

    def register(propose: Propose) -> Propose:
        if name in _registered:
            raise ValueError(f"two templates are named {name}")
        _registered[name] = Template(name, source, tuple(examples), propose)
        return propose

    return register


@cache
def templates() -> tuple[Template, ...]:
    """Every template, by name. Imports the modules of `families/` on first use."""
    from repairlsp.generate.templates import families

    for module in pkgutil.iter_modules(families.__path__):
        importlib.import_module(f"{families.__name__}.{module.name}")
    return tuple(_registered[name] for name in sorted(_registered))


def in_function(header: str, before: str, after: str) -> Example:
    """An example from two function bodies (unindented) under one `def` line."""

    def whole(body: str) -> str:
        return "\n".join([header, *(f"    {line}" if line else "" for line in body.split("\n"))])

    return Example(whole(before), whole(after))
