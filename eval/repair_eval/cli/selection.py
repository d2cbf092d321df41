"""The arguments that name a suite, or a part of one."""

from __future__ import annotations

import argparse
from pathlib import Path

from repair_eval.suite import Suite, load_suite


def add_suite(parser: argparse.ArgumentParser) -> None:
    """Add SUITE and `--only`."""
    parser.add_argument(
        "suite", metavar="SUITE", type=Path, help="the suite's folder, for example defects"
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="ID",
        help="only these: an id, a part before a slash, or a pattern like '*/parse-*' (repeatable)",
    )


def open_suite(args: argparse.Namespace) -> Suite:
    """Load what the arguments name. Raises SuiteError."""
    return load_suite(args.suite, args.only)
