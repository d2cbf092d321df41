"""One small bug in a function or constant of a package, by the operators that training uses."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from repairlsp.localize.outline import Outline
from repairlsp.source import SourceText
from repairlsp.training.operators import OPERATORS, Function
from repairlsp.types import Edit, LineSpan

_FOR_CONSTANTS = ("number", "literal", "string", "arithmetic", "off-by-one", "wrong-name")


class Site(NamedTuple):
    """Where a bug may go: the lines of a function without its decorators (`name`), or of an
    assignment in a module's or class's own body (name "", and what is assigned)."""

    path: str
    name: str
    span: LineSpan
    constant: str = ""


class Injected(NamedTuple):
    """A bug. `lines` are those of the buggy version that it changed; for lines that it dropped,
    the two around the gap."""

    site: Site
    operator: str
    edit: Edit
    lines: tuple[int, ...]


def sites(path: str, outline: Outline) -> Iterator[Site]:
    """The functions and constants of one file."""
    for function in outline.functions:
        yield Site(path, function.name, LineSpan(function.node.lineno, function.span.end))
    for name, spans in outline.constants.items():
        if not name.startswith("__"):
            yield from (Site(path, "", span, name) for span in spans)


def inject(
    site: Site, source: SourceText, weights: Mapping[str, float], rng: Random
) -> Injected | None:
    """One bug at the site, or None where the operator that is drawn finds nothing to break."""
    lines = source.lines[site.span.start - 1 : site.span.end - 1]
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    if any(line.strip() and not line.startswith(indent) for line in lines):
        return None  # a string goes back to the margin
    plain = [line[len(indent) :] if line.strip() else "" for line in lines]
    names = [name for name in weights if not OPERATORS[name].described]
    if not site.name:
        plain = ["def constant():", *(f"    {line}" for line in plain)]
        names = [name for name in names if name in _FOR_CONSTANTS]
    function = Function.parse(plain)
    if function is None:
        return None
    operator = rng.choices(names, [weights[name] for name in names])[0]
    mutations = list(OPERATORS[operator].mutate(function, rng))
    if not mutations:
        return None
    mutation = list(rng.choice(mutations).lines)
    if mutation == plain or Function.parse(mutation) is None:
        return None
    if not site.name:
        mutation = [line[4:] for line in mutation[1:]]
    buggy = [indent + line if line else "" for line in mutation]
    return Injected(
        site, operator, Edit(site.path, site.span, tuple(buggy)), _changed(site, lines, buggy)
    )


def _changed(site: Site, before: Sequence[str], after: Sequence[str]) -> tuple[int, ...]:
    changed: set[int] = set()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, _, _, start, end in matcher.get_opcodes():
        if tag == "delete":
            changed |= {start - 1, start}
        elif tag != "equal":
            changed.update(range(start, end))
    return tuple(site.span.start + line for line in sorted(changed))
