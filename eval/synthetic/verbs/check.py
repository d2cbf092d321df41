"""Check that every bug is what bugs.jsonl says, on this machine."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from real_packages.sdists import apply, fetch, unpack

from repairlsp.training import corpus
from synthetic.bugs import BUGS, Bug, load
from synthetic.build import MOST_OVERLAP
from synthetic.environment import environment
from synthetic.functions import functions
from synthetic.overlap import overlaps
from synthetic.packages import HERE, Package
from synthetic.packages import load as load_packages
from synthetic.pytest_run import PytestError
from synthetic.pytest_run import run as run_pytest


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bugs", type=Path, default=BUGS)
    parser.add_argument("--first", type=int, help="only the first N")
    parser.add_argument(
        "--training", type=Path, help="compare with this training text instead: takes minutes"
    )


def run(options: argparse.Namespace) -> int:
    """1 when a bug is not as described."""
    bugs, packages = load(options.bugs)[: options.first], load_packages()
    if options.training is not None:
        return _check_overlap(bugs, packages, options)
    folder = environment(HERE / "requirements.txt", options.cache)
    wrong = 0
    for bug in bugs:
        problem = _problem(bug, packages[bug.package], folder, options.cache)
        wrong += bool(problem)
        print(f"{bug.id}: {problem or 'ok'}", flush=True)
    print(f"{len(bugs) - wrong} of {len(bugs)} are as described")
    return 1 if wrong else 0


def _problem(bug: Bug, package: Package, folder: Path, cache: Path) -> str:
    """What is not as described; "" for nothing. Original and bug run twice, in two hash orders."""
    command = package.command(bug.tests)
    try:
        with TemporaryDirectory() as name:
            project = unpack(fetch(package.release, cache / "sdists"), Path(name) / "package")
            originals = [run_pytest(command, project, folder, hash_seed=seed) for seed in (0, 1)]
            if not all(run.passed for run in originals):
                return "the original does not pass"
            apply(bug.diff, project)
            for seed in (0, 1):
                failing = run_pytest(command, project, folder, hash_seed=seed).failing
                if failing != bug.failing:
                    return f"other tests fail: {', '.join(failing) or 'none'}"
    except PytestError as error:
        return str(error).splitlines()[0]
    return ""


def _check_overlap(
    bugs: Sequence[Bug], packages: dict[str, Package], options: argparse.Namespace
) -> int:
    chosen: dict[str, tuple[str, ...]] = {}
    wanted = {bug.id for bug in bugs}
    for package in packages.values():
        with TemporaryDirectory() as name:
            sdist = fetch(package.release, options.cache / "sdists")
            project = unpack(sdist, Path(name) / "package")
            for function in functions(package.name, project, package.code):
                if function.id in wanted:
                    chosen.setdefault(function.id, function.dedented)
    text = (function.lines for function in corpus.load(options.training))
    found = overlaps(chosen, text)
    above = {id: overlap for id, overlap in found.items() if overlap > MOST_OVERLAP}
    for id, overlap in above.items():
        print(f"{id}: shares {overlap:.0%} with a function of the training text")
    print(f"{len(above)} of {len(found)} share more than {MOST_OVERLAP:.0%}")
    return 1 if above or len(found) < len(wanted) else 0
