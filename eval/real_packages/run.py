#!/usr/bin/env python3
"""Repair bugs in published packages and report what became of each.

    python eval/real_packages/run.py --check       every bug fails its suite, every original passes
    python eval/real_packages/run.py               repair them all, write eval/results/
    python eval/real_packages/run.py --only toolz  only these (a package or package/bug), print

Needs an environment with repairlsp and the packages' test requirements (printed by --check when one
is missing). The first run downloads the pinned source releases with pip.
"""

from __future__ import annotations

import argparse
import importlib.util
import shlex
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import platformdirs

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from real_packages import report, suite
from real_packages.cases import HERE, Bug, CaseError, Package, load
from real_packages.judge import Outcome, judge, repair
from real_packages.sdists import SdistError, apply, fetch, unpack


def main(argv: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(argv)
    try:
        bugs = _selected(load(), options.only)
        _require({name for bug in bugs for name in bug.package.requires})
        sdists = {bug.package: fetch(bug.package, options.cache) for bug in bugs}
        if options.check:
            return _check(bugs, sdists)
        outcomes = _repair_all(bugs, sdists, options)
    except (CaseError, SdistError, suite.SuiteError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    folder = options.results or (None if options.only else HERE.parent / "results")
    if folder is not None:
        report.write(outcomes, _command(options), folder)
    print(report.summary(outcomes))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = Path(platformdirs.user_cache_dir("repairlsp")) / "sdists"
    parser.add_argument("--check", action="store_true", help="only check the bugs themselves")
    parser.add_argument("--only", action="append", default=[], metavar="ID", help="repeatable")
    parser.add_argument("--cache", type=Path, default=default, help="where releases are kept")
    parser.add_argument("--results", type=Path, help="folder for the report")
    parser.add_argument("--max-seconds", type=float, default=120.0, help="for each repair")
    parser.add_argument("--jobs", type=int, default=1, help="repairs at a time; 1 for true times")
    parser.add_argument("--model", help="passed on to repairlsp")
    return parser


def _selected(bugs: Sequence[Bug], only: Sequence[str]) -> list[Bug]:
    chosen = [bug for bug in bugs if not only or {bug.id, bug.package.name} & set(only)]
    unknown = set(only) - {name for bug in bugs for name in (bug.id, bug.package.name)}
    if unknown:
        raise CaseError(f"no such package or bug: {', '.join(sorted(unknown))}")
    return chosen


def _require(modules: set[str]) -> None:
    missing = sorted(name for name in modules if importlib.util.find_spec(name) is None)
    if missing:
        raise CaseError(f"the packages' tests need: pip install {' '.join(missing)}")


def _check(bugs: Sequence[Bug], sdists: dict[Package, Path]) -> int:
    """Print a line for each original and bug; 1 when one is not what it should be."""
    wrong = 0
    originals: dict[Package, suite.SuiteRun] = {}
    for bug in bugs:
        package, sdist = bug.package, sdists[bug.package]
        if package not in originals:
            originals[package] = run = _original(package, sdist)
            _say(f"{package.name} {package.version}: {run.tests} tests, {run.seconds:.1f} s")
        with tempfile.TemporaryDirectory() as folder:
            project = unpack(sdist, Path(folder) / "buggy")
            apply(bug.diff.read_text(), project)
            run = suite.run(package.test, project)
        wrong += not run.failing
        _say(f"  {bug.id}: {len(run.failing)} tests fail" if run.failing else f"  {bug.id}: PASSES")
    return 1 if wrong else 0


def _original(package: Package, sdist: Path) -> suite.SuiteRun:
    with tempfile.TemporaryDirectory() as folder:
        run = suite.run(package.suite, unpack(sdist, Path(folder) / "original"))
    if not run.passed:
        raise suite.SuiteError(f"{package.name}: the original fails {', '.join(run.failing[:5])}")
    return run


def _repair_all(
    bugs: Sequence[Bug], sdists: dict[Package, Path], options: argparse.Namespace
) -> list[Outcome]:
    originals = {package: _original(package, sdist) for package, sdist in sdists.items()}
    passed_on = ["--model", options.model] if options.model else []

    def one(bug: Bug) -> Outcome:
        sdist = sdists[bug.package]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            project = unpack(sdist, folder / "project")
            apply(bug.diff.read_text(), project)
            reply = repair(project, bug, options.max_seconds, passed_on)
            original = originals[bug.package]
            outcome = judge(bug, reply, sdist, original, folder, options.max_seconds)
        found = f"{outcome.match} by {outcome.source}" if outcome.source else outcome.why
        _say(f"{bug.id}: {found} ({outcome.seconds:.0f} s)")
        return outcome

    with ThreadPoolExecutor(max_workers=options.jobs) as pool:
        return list(pool.map(one, bugs))


def _command(options: argparse.Namespace) -> str:
    """The command line for the report, without the folders of this machine."""
    words = ["python", "eval/real_packages/run.py", "--max-seconds", f"{options.max_seconds:g}"]
    words += [word for only in options.only for word in ("--only", only)]
    words += ["--jobs", str(options.jobs)] if options.jobs > 1 else []
    words += ["--model", Path(options.model).name] if options.model else []
    return shlex.join(words)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
