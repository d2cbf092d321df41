#!/usr/bin/env python3
"""How near the front is the faulty line? Bugs injected into published packages, ranked.

    python eval/bench/localization.py record --records RUNS [--bugs 10] [--constants 2]
    python eval/bench/localization.py fit --records RUNS        prints weights
    python eval/bench/localization.py report --records RUNS     prints the tables
    python eval/bench/localization.py lately --records RUNS     tries weights of uncommitted lines
    python eval/bench/localization.py candidates --records RUNS counts candidates before the fix

`record` is the costly part, about ten seconds a bug: it needs the extra `[train]` for the bug
operators, and an environment with repairlsp and what the packages' tests import. The weights are
fitted on the packages of `eval/localization/packages.toml`, and judged by those with hand-made bugs
(`eval/real_packages/packages.toml`), of which no weight has seen any.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import platformdirs

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from localization import packages
from localization import record as records
from localization.candidates import tried_before
from localization.fit import FITTED, Share, Table, loss, search
from localization.lately import simulate
from localization.measure import Rank, Scene, summary
from localization.record import Recorder
from localization.replay import Case, cases
from real_packages import sdists
from real_packages.cases import Package

from repairlsp.localize.weights import WEIGHTS, Weights

REASONED = Weights(
    innermost=0.7,
    guard=0.6,
    decay=0.7,
    spread=0.4,
    spectrum=0.6,
    idle=0.0,
    at_failure=0.35,
    before=0.15,
    unseen=0.1,
    constant=0.4,
    from_one=0.4,
)
"""The weights before there was anything to fit them on."""
COVERED_PART = 0.75
"""Part of the loss that the runs with coverage have; the rest is of those without."""


def main(argv: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(argv)
    fitted, judged = packages.load()
    if options.verb == "record":
        for package in (*fitted, *judged):
            if not options.only or package.name in options.only:
                _record(package, options)
        return 0
    sides = {
        name: [case for package in side for case in _cases(options.records, package)]
        for name, side in (("fitted", fitted), ("judged", judged))
    }
    print(f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
    work = {"fit": _fit, "report": _report, "lately": _lately, "candidates": _candidates}
    work[options.verb](sides["fitted"], sides["judged"])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = Path(platformdirs.user_cache_dir("repairlsp")) / "sdists"
    parser.add_argument("verb", choices=("record", "fit", "report", "lately", "candidates"))
    parser.add_argument("--records", type=Path, required=True, help="folder of the recorded runs")
    parser.add_argument("--cache", type=Path, default=default, help="where releases are kept")
    parser.add_argument("--bugs", type=int, default=10, help="in functions, for each package")
    parser.add_argument("--constants", type=int, default=2, help="in constants, for each package")
    parser.add_argument("--only", action="append", default=[], metavar="PACKAGE")
    return parser


def _record(package: Package, options: argparse.Namespace) -> None:
    """Record what is missing of a package, from its whole suite to the last bug."""
    folder = options.records / package.name
    whole = folder / "original.json.gz"
    if not whole.exists():
        shutil.rmtree(folder, ignore_errors=True)
        sdists.unpack(sdists.fetch(package, options.cache), folder / "source")
    project = next((folder / "source").iterdir())
    known = records.observed_from(records.load(whole)) if whole.exists() else None
    done = [records.load(file)["site"][1] != "" for file in sorted(folder.glob("[0-9]*.json.gz"))]
    missing = options.bugs - sum(done), options.constants - done.count(False)
    seed = zlib.crc32(f"{package.name} {len(done)}".encode())
    print(f"{package.name} {package.version}: {max(missing[0], 0)} + {max(missing[1], 0)} bugs")
    with Recorder(project, package.test, seed, known) as recorder:
        records.save(whole, records.to_json(recorder.original))
        for number, (bug, observed) in enumerate(recorder.bugs(*missing), len(done) + 1):
            document = {
                "site": bug.site,
                "operator": bug.operator,
                "edit": bug.edit.lines,
                "lines": bug.lines,
                **records.to_json(observed),
            }
            records.save(folder / f"{number:03}.json.gz", document)
            where = f"{bug.site.path}:{bug.lines[0]} {bug.site.name or bug.site.constant}"
            failing = f"{len(observed.run.failing)} of {len(observed.cases)} tests fail"
            print(f"  {number} {bug.operator} at {where}: {failing}", flush=True)


def _cases(records_folder: Path, package: Package) -> Iterator[Case]:
    folder = records_folder / package.name
    if (folder / "original.json.gz").exists():
        yield from cases(folder)


# ----------------------------------------------------------------------------------- fit and report


def _shares(found: Sequence[Case]) -> list[Share]:
    covered = Share([Table(Scene(case)) for case in found], COVERED_PART)
    return [covered, Share([Table(Scene(case, False)) for case in found], 1 - COVERED_PART)]


def _fit(fitted: Sequence[Case], judged: Sequence[Case]) -> None:
    """Print the weights found, and how the loss around them varies: where it hardly does, a weight
    is better chosen by thought."""
    sides = [_shares(fitted), _shares(judged)]

    def losses(weights: Weights) -> str:
        totals = [sum(part * loss(some, weights) for some, part in side) for side in sides]
        return "/".join(f"{total:.2f}" for total in totals)

    found = search(WEIGHTS, sides[0])
    print(f"loss, fitted/judged: now {losses(WEIGHTS)}, found {losses(found)}")
    print({name: value for name, value in asdict(found).items() if name in FITTED})
    print("around what is in use now:")
    for name in FITTED:
        values = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
        row = [f"{v:.2f}: {losses(Weights(**{**asdict(WEIGHTS), name: v}))}" for v in values]
        print(f"{name:11}", *row, sep="  ")


def _report(fitted: Sequence[Case], judged: Sequence[Case]) -> None:
    for name, found in (("fitted", fitted), ("judged", judged)):
        constants = sum(not case.function for case in found)
        count = len({case.package for case in found})
        print(f"\n{name}: {len(found)} bugs, {constants} in constants, in {count} packages\n")
        print(
            "|  | line: top 1 | 3 | 5 | 10 | MRR | typical | function: top 1 | 3 | 5 | 10 |", end=""
        )
        print(" MRR | typical | unranked |\n|---|" + "---:|" * 13)
        scenes, blind = ([Scene(case, covered) for case in found] for covered in (True, False))
        for formula in ("ochiai", "dstar", "tarantula"):
            _row(f"{formula} alone", [scene.rank(WEIGHTS, formula, True) for scene in scenes])
        for formula in ("ochiai", "dstar", "tarantula"):
            _row(f"all, {formula}", [scene.rank(WEIGHTS, formula) for scene in scenes])
        _row("all, weights before the fit", [scene.rank(REASONED) for scene in scenes])
        _row("all but the spectrum", [scene.rank(WEIGHTS, "none") for scene in scenes])
        _row("all, no coverage to be had", [scene.rank(WEIGHTS) for scene in blind])
        _row("the same before the fit", [scene.rank(REASONED) for scene in blind])


def _row(name: str, ranks: Sequence[Rank]) -> None:
    cells = []
    for values in ([rank.line for rank in ranks], [rank.function for rank in ranks]):
        *tops, reciprocal, typical = summary(values)
        cells += [*(f"{top:.0%}" for top in tops), f"{reciprocal:.2f}", f"{typical:.1f}"]
    print(f"| {name} |", *(f"{cell} |" for cell in cells), f"{sum(not r.found for r in ranks)} |")


def _lately(fitted: Sequence[Case], judged: Sequence[Case]) -> None:
    tables = [Table(Scene(case)) for case in fitted]
    print("strength: typical rank of line and function, bug among the edits | bug older")
    for strength in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        cells = []
        for ranks in simulate(tables, WEIGHTS, strength):
            for values in ([rank.line for rank in ranks], [rank.function for rank in ranks]):
                cells += [f"{summary(values).typical:6.2f}"]
        print(f"{strength:.1f}:", *cells[:2], "|", *cells[2:])


def _candidates(fitted: Sequence[Case], judged: Sequence[Case]) -> None:
    settings = {
        "before the fit": (REASONED, True),
        "fitted": (WEIGHTS, True),
        "fitted and sharpened": (WEIGHTS, False),
    }
    found: dict[str, list[int | None]] = {name: [] for name in settings}
    for case in judged[::3]:
        scene = Scene(case)
        for name, (weights, blunt) in settings.items():
            found[name].append(tried_before(scene, weights, blunt=blunt))
        row = [found[name][-1] for name in settings]
        print(case.package, case.operator, case.function, *row, flush=True)
    for name, counts in found.items():
        known = sorted(count for count in counts if count is not None)
        within = [sum(count < limit for count in known) for limit in (1, 10, 50, 200, 1000)]
        print(f"{name}: the fix is a candidate for {len(known)} of {len(counts)} bugs;", end=" ")
        print(f"median {statistics.median(known)} before it; within 1, 10, 50, 200, 1000: {within}")


if __name__ == "__main__":
    sys.exit(main())
