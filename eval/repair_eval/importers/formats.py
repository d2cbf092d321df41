"""The formats that can be imported, by the names that `repair-eval import` knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from repair_eval.importers import bugsinpy, humanevalpack, quixbugs, refactory, swebench
from repair_eval.importers.draft import Item
from repair_eval.importers.source import Source


class Format(NamedTuple):
    """How a format is read, and what its SRC is. `read` raises UsageError where SRC is something
    else, and names single defects that cannot be imported by items of their own."""

    read: Callable[[Source], Iterator[Item]]
    what: str


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "quixbugs": Format(quixbugs.read, "a checkout of QuixBugs; its Python programs"),
        "humanevalfix": Format(humanevalpack.read, "JSON lines of HumanEvalFix, in Python"),
        "humanevalpack": Format(humanevalpack.read, "JSON lines of HumanEvalPack, in Python"),
        "refactory": Format(refactory.read, "the unpacked data of Refactory"),
        "bugsinpy": Format(
            bugsinpy.read, "a checkout of BugsInPy; needs --repositories and --python"
        ),
        "swe-bench": Format(
            swebench.read, "JSON lines laid out like SWE-bench; needs --repositories"
        ),
    }
)
