"""Make the suite anew, from the pinned packages and a seed."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from synthetic.bugs import BUGS, SOURCES, save
from synthetic.build import MOST_OVERLAP, Recipe, build
from synthetic.mutators.tool import HERE as MUTATORS
from synthetic.packages import load

SEED = 20261121
COUNTS = (120, 40, 40)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--training", type=Path, required=True, help="what `repairlsp train corpus` wrote"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--counts", type=int, nargs=3, default=COUNTS, metavar="N", help=f"bugs by {SOURCES}"
    )
    parser.add_argument("--jobs", type=int, default=1, help="packages at a time")
    parser.add_argument(
        "--only-known", action="store_true", help="run no test: close a build that was stopped"
    )
    parser.add_argument("--output", type=Path, default=BUGS)


def run(options: argparse.Namespace) -> int:
    counts = dict(zip(SOURCES, options.counts, strict=True))
    recipe = Recipe(load(), options.training, counts, options.seed, options.cache)
    recipe = replace(recipe, only_known=options.only_known)
    bugs = build(recipe, options.jobs, _say)
    header = {
        "command": f"python eval/synthetic/main.py build --training {options.training.name}"
        f" --seed {options.seed} --counts {' '.join(map(str, options.counts))}"
        + " --only-known"
        * options.only_known,
        "bugs": len(bugs),
        "seed": options.seed,
        "repairlsp": version("repairlsp"),
        "tools": [(MUTATORS / f"{tool}.txt").read_text().strip() for tool in SOURCES[1:]],
        "most_overlap": MOST_OVERLAP,
    }
    save(bugs, header, options.output)
    made = Counter(bug.source for bug in bugs)
    _say(f"{options.output}: {dict(made)}")
    return 0 if made == counts else 1


def _say(line: str) -> None:
    print(line, flush=True)
