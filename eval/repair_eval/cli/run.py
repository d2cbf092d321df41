"""`repair-eval run SUITE --config NAME --out FILE`: try configurations on a suite."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import get_args

import psutil

from repair_eval.cli.outcome import outcome
from repair_eval.cli.progress import Bar
from repair_eval.cli.selection import add_suite, open_suite
from repair_eval.configs import load_configurations
from repair_eval.run.begin import Available, Wanted, available, head, open_run
from repair_eval.run.cluster import Cluster
from repair_eval.run.conduct import Conductor
from repair_eval.run.executor import Executor
from repair_eval.run.pool import Pool
from repair_eval.store import read_run
from repairlsp.cli.interrupt import interruptible
from repairlsp.errors import CancelledError, UsageError
from repairlsp.sandbox import choose
from repairlsp.types import SandboxMode


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    add_suite(parser)
    parser.add_argument(
        "--config",
        action="append",
        required=True,
        metavar="FILE|NAME",
        help="a configuration, or the name of one in eval/configs (repeatable)",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where results go (SQLite)"
    )
    parser.add_argument("--resume", action="store_true", help="go on with the run in --out")
    parser.add_argument(
        "--available",
        action="store_true",
        help="leave out configurations whose model is not here, instead of refusing to begin",
    )
    parser.add_argument("--no-judge", action="store_true", help="leave judging to `judge`")
    parser.add_argument("--seed", type=_count, default=0, help="of the first attempt (default: 0)")
    parser.add_argument(
        "--repeats", type=_positive, default=1, help="attempts for each pair (default: 1)"
    )
    parser.add_argument("--label", default="", help="what to call this machine in reports")
    parser.add_argument("--cluster", metavar="ADDRESS", help="run on this Dask scheduler's workers")
    add_running(parser)


def add_running(parser: argparse.ArgumentParser) -> None:
    """Add what every verb that runs tasks has."""
    parser.add_argument("--jobs", type=_positive, default=1, help="processes (default: 1)")
    parser.add_argument(
        "--tries",
        type=_positive,
        default=3,
        help="how often something is started when the machinery breaks down (default: 3)",
    )
    parser.add_argument(
        "--sandbox",
        choices=get_args(SandboxMode),
        default="auto",
        help="how tests are confined (default: auto)",
    )


def run(args: argparse.Namespace) -> int:
    """0 when every attempt was made and judged, 1 where the machinery broke down in some."""
    suite = open_suite(args)
    choose(args.sandbox)  # refuses here rather than in every attempt
    found = _available(args)
    # By its name: where it is installed says nothing of the run, and may say who ran it.
    command = shlex.join(["repair-eval", *sys.argv[1:]])
    wanted = Wanted(suite, found.configured, args.seed, args.repeats, command, args.label)
    with (
        interruptible() as interruption,
        _executor(args) as executor,
        open_run(args.out, head(wanted, found.records), resume=args.resume) as store,
        Bar() as bar,
    ):
        conductor = Conductor(
            store=store,
            defects=suite.defects,
            configured=found.configured,
            sandbox=args.sandbox,
            tries=args.tries,
            threads=max(1, (psutil.cpu_count(logical=False) or 1) // args.jobs),
            judging=not args.no_judge,
            watch=bar.show,
            cancel=interruption,
        )
        try:
            conductor.run(executor, local=args.cluster is None)
        except CancelledError:
            print("repair-eval: interrupted; go on with --resume", file=sys.stderr)
            return interruption.exit_code
    return say(args.out)


def say(out: Path) -> int:
    """Print what came out. 1 where the machinery broke down in some attempts."""
    recorded = read_run(out)
    print("\n".join(outcome(recorded)))
    return 1 if any(one.status == "failed" for one in recorded.attempts) else 0


def _available(args: argparse.Namespace) -> Available:
    found = available(load_configurations(args.config))
    if found.lacking and not args.available:
        raise UsageError(
            "\n".join(found.lacking), "leave these out by --available, or get what is missing"
        )
    for lack in found.lacking:
        print(f"left out: {lack}", file=sys.stderr)
    if not found.configured:
        raise UsageError("no configuration is left to run")
    return found


def _executor(args: argparse.Namespace) -> Executor:
    return Cluster(args.cluster) if args.cluster else Pool(args.jobs)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 up")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 up")
    return int(text)
