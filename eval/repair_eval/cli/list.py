"""`repair-eval list SUITE`: how many defects of each language, family, shape and difficulty."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from repair_eval.cli.columns import columns
from repair_eval.cli.selection import add_suite, open_suite
from repair_eval.suite import Defect
from repair_eval.suite.vocabulary import DIFFICULTIES, FAMILIES, LANGUAGES, SHAPES

SCHEMA_VERSION = 1
_FACETS: Mapping[str, tuple[Callable[[Defect], str], Sequence[str]]] = MappingProxyType(
    {
        "family": (lambda defect: defect.family, tuple(FAMILIES)),
        "shape": (lambda defect: defect.shape, SHAPES),
        "difficulty": (lambda defect: defect.difficulty, DIFFICULTIES),
    }
)
"""What the table counts, each with its words in their order."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    add_suite(parser)
    parser.add_argument("--ids", action="store_true", help="list every defect with its sentence")
    parser.add_argument("--json", action="store_true", help="print every defect as JSON")


def run(args: argparse.Namespace) -> int:
    """0, or 1 where a defect could not be loaded."""
    suite = open_suite(args)
    if args.json:
        found = [_entry(defect) for defect in suite.defects]
        print(json.dumps({"schema_version": SCHEMA_VERSION, "defects": found}, indent=2))
    elif args.ids:
        for defect in suite.defects:
            print(f"{defect.id}: {defect.about}")
    else:
        print("\n".join(_tables(suite.defects)))
    for refused in suite.refused:
        for problem in refused.problems:
            print(f"repair-eval: {refused.id} is left out: {problem}", file=sys.stderr)
    return 1 if suite.refused else 0


def _tables(defects: Sequence[Defect]) -> Iterator[str]:
    languages = [name for name in LANGUAGES if any(defect.language == name for defect in defects)]
    rows = [("", *languages, "all")]
    for facet, (of, words) in _FACETS.items():
        counts = Counter((of(defect), defect.language) for defect in defects)
        rows.append((facet, *[""] * (len(languages) + 1)))
        for word in words:
            row = [counts[word, language] for language in languages]
            if sum(row):
                rows.append((f"  {word}", *(str(n or "") for n in row), str(sum(row))))
    totals = Counter(defect.language for defect in defects)
    rows.append(("all", *(str(totals[name]) for name in languages), str(len(defects))))
    yield from columns(rows)


def _entry(defect: Defect) -> dict[str, object]:
    return {
        "id": defect.id,
        "kind": defect.kind,
        "language": defect.language,
        "about": defect.about,
        "family": defect.family,
        "difficulty": defect.difficulty,
        "shape": defect.shape,
        "traits": sorted(defect.traits),
        "provenance": defect.provenance,
        "needs": list(map(str, defect.needs)),
        "command": list(defect.tests.command),
    }
