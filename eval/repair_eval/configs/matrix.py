"""`[matrix]`: one file that stands for all combinations of some values.

    [matrix]
    "source.spectrum" = ["ochiai", "none"]
    precision = [
        { name = "int8", label = "INT8", "source.model" = "models/x-int8", precision = "int8" },
        { name = "int4", label = "INT4", "source.model" = "models/x-int4", precision = "int4" },
    ]

Each key is an axis. A plain value is put at the place that the axis names; a table puts several
values at once, and says what to call them. The name of a combination is the file's with the names
of its values, and so is its label.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import PurePosixPath
from typing import NamedTuple

from repair_eval.configs.fields import Fields


class Combination(NamedTuple):
    """A document with the values of one combination put in; `names` and `labels` of these."""

    document: Mapping[str, object]
    names: tuple[str, ...]
    labels: tuple[str, ...]


class _Choice(NamedTuple):
    name: str
    label: str
    values: Mapping[str, object]


def expand(document: Mapping[str, object], fields: Fields) -> Iterator[Combination]:
    """All combinations, the last axis changing fastest; the document itself without a matrix."""
    plain = {key: value for key, value in document.items() if key != "matrix"}
    if "matrix" not in document:
        yield Combination(plain, (), ())
        return
    axes = [_axis(key, values, fields) for key, values in _axes(document, fields)]
    for choices in product(*axes):
        combined = copy.deepcopy(plain)
        for choice in choices:
            for path, value in choice.values.items():
                _put(combined, path, value, fields)
        names = tuple(choice.name for choice in choices)
        yield Combination(combined, names, tuple(choice.label for choice in choices))


def _axes(document: Mapping[str, object], fields: Fields) -> Iterator[tuple[str, object]]:
    matrix = document["matrix"]
    if not isinstance(matrix, dict) or not matrix:
        fields.note("matrix", "must be a table with at least one axis")
        return
    yield from matrix.items()


def _axis(key: str, values: object, fields: Fields) -> list[_Choice]:
    if not isinstance(values, list) or not values:
        fields.note(f"matrix.{key}", "must be a list of values")
        return []
    return [_choice(key, value, fields) for value in values]


def _choice(key: str, value: object, fields: Fields) -> _Choice:
    if not isinstance(value, dict):
        name = _name(key, value)
        return _Choice(name, name, {key: value})
    rest = dict(value)
    name = rest.pop("name", None)
    if not isinstance(name, str) or not name:
        fields.note(f"matrix.{key}", 'has a table without a name, as in { name = "int8", ... }')
        name = "?"
    label = rest.pop("label", name)
    return _Choice(name, str(label), rest)


def _name(key: str, value: object) -> str:
    """What to call a value: a word of a path, `no-KEY` for false."""
    short = key.rpartition(".")[2].replace("_", "-")
    if isinstance(value, bool):
        return short if value else f"no-{short}"
    if isinstance(value, str):
        return PurePosixPath(value).name or short
    return f"{short}-{value}"


def _put(document: dict[str, object], path: str, value: object, fields: Fields) -> None:
    *parents, last = path.split(".")
    table = document
    for parent in parents:
        inner = table.setdefault(parent, {})
        if not isinstance(inner, dict):
            fields.note(f"matrix.{path}", f"goes through {parent}, which is not a table")
            return
        table = inner
    table[last] = value
