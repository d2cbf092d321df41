"""`repair-eval mine REPO DEST`: a suite out of the commits of a git repository."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from repair_eval.cli.import_ import add_destination, interpreters
from repair_eval.cli.tally import Tally
from repair_eval.importers import Destination
from repair_eval.mine import Mining, mine
from repairlsp.cli.interrupt import interruptible
from repairlsp.errors import CancelledError
from repairlsp.sandbox import choose


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("repository", metavar="REPO", type=Path, help="a clone of the project")
    add_destination(parser)
    parser.add_argument("--revision", default="HEAD", help="the newest commit (default: HEAD)")
    parser.add_argument(
        "--max-commits", type=int, default=500, help="look at so many commits (default: 500)"
    )
    parser.add_argument(
        "--max-seconds", type=float, default=1800.0, help="stop after that time (default: 1800)"
    )
    parser.add_argument(
        "--max-files",
        type=int,
        default=8,
        help="leave out commits that change more source files (default: 8)",
    )
    parser.add_argument(
        "--python", metavar="PATH", help="the project's interpreter, with its packages and pytest"
    )


def run(args: argparse.Namespace) -> int:
    """0, or 1 where no commit is a defect. Ctrl-C keeps what was found, and its own exit code."""
    mining = Mining(
        repository=args.repository,
        revision=args.revision,
        commits=args.max_commits,
        seconds=args.max_seconds,
        files=args.max_files,
        interpreter=interpreters([args.python] if args.python else []).get(""),
    )
    tally = Tally()
    looked = code = 0
    with interruptible() as interruption, Destination(args.destination) as destination:
        try:
            for step in mine(mining, destination, choose(args.sandbox), interruption):
                looked = step.looked
                if step.outcome is not None:
                    details = {}
                    if step.mined is not None:
                        _, commit, date, message = step.mined
                        details = {"commit": commit, "author_date": date, "message": message}
                    tally.add(step.outcome, details)
                tally.progress(
                    f"{looked}/{step.total} commits, {len(tally.imported)} defects, "
                    f"{len(tally.left_out)} left out"
                )
        except CancelledError:
            code = interruption.exit_code
        tally.progress("")
        if code:
            print("repair-eval: interrupted; keeping what was found", file=sys.stderr)
        if tally.imported:
            destination.publish(tally.record(format="git", commits=looked))
    sizes = Counter(found["id"].partition("/")[2].partition("-")[0] for found in tally.imported)
    print(
        f"{looked} commits: {len(tally.imported)} defects ({sizes['single']} in a single function, "
        f"{sizes['larger']} larger), {len(tally.left_out)} left out"
    )
    if tally.imported:
        print(f"prove them: repair-eval check {args.destination}")
    return code or (0 if tally.imported else 1)
