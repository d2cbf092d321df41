"""`repairlsp doctor [PATH] [--json]`: what works on this machine, and what to do about the rest."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial

from repairlsp.cli.checks import Check, examine
from repairlsp.cli.exits import Exit
from repairlsp.cli.interrupt import until_interrupted
from repairlsp.cli.project import find_target
from repairlsp.cli.terminal import wants_color
from repairlsp.types import CancelToken

SCHEMA_VERSION = 1
_STYLES = {"ok": "32", "warn": "33", "fail": "31"}  # ANSI: green, yellow, red


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="the project's folder (default: .)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print each finding; exit code 2 when `repairlsp fix` cannot work here, else 0."""
    return until_interrupted(partial(_examine, args), "interrupted")


def _examine(args: argparse.Namespace, cancel: CancelToken) -> int:
    checks = examine(find_target(args.path, None, []).project, cancel)
    done = list(checks) if args.json else _printed(checks)
    if args.json:
        found = [asdict(check) for check in done]
        print(json.dumps({"schema_version": SCHEMA_VERSION, "checks": found}, indent=2))
    return Exit.BROKEN if any(check.health == "fail" for check in done) else Exit.OK


def _printed(checks: Iterable[Check]) -> list[Check]:
    """The checks, each printed as soon as it is done: the last ones take seconds."""
    from repairlsp.formats.words import printable

    colored = wants_color(sys.stdout)
    done = []
    for check in checks:
        mark = check.health.ljust(4)
        if colored:
            mark = f"\x1b[{_STYLES[check.health]}m{mark}\x1b[0m"
        print(f"{mark}  {check.name:<10}{printable(check.detail)}", flush=True)
        if check.advice:
            print(f"{'':16}{printable(check.advice)}", flush=True)
        done.append(check)
    return done
