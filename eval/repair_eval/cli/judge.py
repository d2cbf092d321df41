"""`repair-eval judge FILE`: judge the answers of a run, also those that were judged before."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from repair_eval.cli.progress import Bar
from repair_eval.cli.run import add_running, say
from repair_eval.run.conduct import Conductor
from repair_eval.run.pool import Pool
from repair_eval.run.subjects import suite_hash
from repair_eval.store import Store
from repair_eval.suite import Defect, load_suite
from repairlsp.cli.interrupt import interruptible
from repairlsp.errors import CancelledError, UsageError
from repairlsp.sandbox import choose


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("out", metavar="FILE", type=Path, help="the run")
    parser.add_argument(
        "--suite", type=Path, metavar="DIR", help="where the suite is now (default: where it was)"
    )
    parser.add_argument(
        "--again", action="store_true", help="also what was judged; otherwise only what was not"
    )
    parser.add_argument(
        "--changed-suite",
        action="store_true",
        help="judge by the tests of a suite that is not the one that was run",
    )
    add_running(parser)


def run(args: argparse.Namespace) -> int:
    """0 when all answers are judged, 1 where the machinery broke down in some."""
    choose(args.sandbox)
    with (
        interruptible() as interruption,
        Store.open(args.out) as store,
        Pool(args.jobs) as pool,
        Bar() as bar,
    ):
        defects = _defects(store, args)
        store.forget_judgements(only_errors=not args.again)
        conductor = Conductor(
            store=store,
            defects=defects,
            configured=(),
            sandbox=args.sandbox,
            tries=args.tries,
            threads=None,
            judging=True,
            watch=bar.show,
            cancel=interruption,
        )
        try:
            conductor.run(pool)
        except CancelledError:
            print("repair-eval: interrupted; judge again to go on", file=sys.stderr)
            return interruption.exit_code
    return say(args.out)


def _defects(store: Store, args: argparse.Namespace) -> tuple[Defect, ...]:
    """The defects of the run, from the suite as it is now."""
    place = args.suite or Path(store.run.suite)
    wanted = {subject.id for subject in store.run.subjects}
    defects = tuple(one for one in load_suite(place).defects if one.id in wanted)
    if gone := sorted(wanted - {defect.id for defect in defects}):
        raise UsageError(f"{place} has no {gone[0]}, which the run has", "name the suite: --suite")
    if suite_hash(defects) != store.run.suite_hash and not args.changed_suite:
        raise UsageError(
            f"{place} is not the suite that was run: a defect has changed since",
            "get that version of it, or judge by the new tests: --changed-suite",
        )
    return defects
