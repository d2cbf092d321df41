"""`repair-eval import FORMAT SRC DEST`: a public suite that is on disk, as a suite of ours."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from repair_eval.cli.tally import Tally
from repair_eval.importers import FORMATS, Destination, Source, build
from repairlsp.cli.interrupt import interruptible
from repairlsp.errors import CancelledError, UsageError
from repairlsp.sandbox import choose
from repairlsp.types import SandboxMode


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "formats:\n" + "\n".join(
        f"  {name:<14} {format_.what}" for name, format_ in FORMATS.items()
    )
    parser.add_argument("format", metavar="FORMAT", choices=FORMATS, help="see below")
    parser.add_argument("source", metavar="SRC", type=Path, help="the suite's folder or file")
    add_destination(parser)
    parser.add_argument(
        "--repositories", type=Path, metavar="FOLDER", help="the folder with the projects' clones"
    )
    parser.add_argument(
        "--python",
        action="append",
        default=[],
        metavar="[PROJECT=]PATH",
        help="the interpreter of a project, or of all others, with its packages and pytest",
    )
    parser.add_argument("--jobs", type=int, default=1, help="defects at a time (default: 1)")


def add_destination(parser: argparse.ArgumentParser) -> None:
    """Add DEST and `--sandbox`."""
    parser.add_argument(
        "destination", metavar="DEST", type=Path, help="the new suite's folder; not there yet"
    )
    parser.add_argument(
        "--sandbox",
        choices=get_args(SandboxMode),
        default="auto",
        help="how tests are confined (default: auto)",
    )


def run(args: argparse.Namespace) -> int:
    """0, or 1 where nothing could be imported; then, and after Ctrl-C, there is no DEST."""
    if not args.source.exists():
        raise UsageError(f"{args.source} is not there", "name the suite's folder or file")
    source = Source(args.source, args.repositories, interpreters(args.python))
    sandbox = choose(args.sandbox)
    tally = Tally()
    with interruptible() as interruption, Destination(args.destination) as destination:
        items = FORMATS[args.format].read(source)
        try:
            for outcome in build(items, destination, sandbox, max(args.jobs, 1), interruption):
                tally.add(outcome)
                tally.progress(f"{len(tally.imported)} imported, {len(tally.left_out)} left out")
        except CancelledError:
            tally.progress("")
            print("repair-eval: interrupted; nothing was written", file=sys.stderr)
            return interruption.exit_code
        tally.progress("")
        if not tally.imported:
            print(f"nothing could be imported from {args.source}")
            return 1
        destination.publish(tally.record(format=args.format))
    print(f"{len(tally.imported)} defects in {args.destination}, {len(tally.left_out)} left out")
    print(f"prove them: repair-eval check {args.destination}")
    return 0


def interpreters(texts: Sequence[str]) -> Mapping[str, Path]:
    """`PATH` and `PROJECT=PATH` by project, "" for all others. Raises UsageError."""
    found = {}
    for text in texts:
        project, _, path = text.rpartition("=")
        place = Path(path).expanduser().absolute()
        if not place.is_file():
            raise UsageError(f"--python {text}: there is no {place}")
        found[project] = place  # not resolved: a link is what makes it a virtual environment
    return found
