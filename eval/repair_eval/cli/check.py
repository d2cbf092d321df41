"""`repair-eval check SUITE`: a line for each defect that does not hold, then a table."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import get_args

from repair_eval.check import Proof, check_suite
from repair_eval.cli.columns import columns
from repair_eval.cli.selection import add_suite, open_suite
from repairlsp.cli.interrupt import interruptible
from repairlsp.errors import CancelledError
from repairlsp.sandbox import choose
from repairlsp.types import SandboxMode

SCHEMA_VERSION = 1
_EVERY_SECONDS = 60.0
"""How often a log that is no terminal is told how far we are."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    add_suite(parser)
    parser.add_argument("--jobs", type=_positive, default=1, help="defects at a time (default: 1)")
    parser.add_argument(
        "--sandbox",
        choices=get_args(SandboxMode),
        default="auto",
        help="how tests are confined (default: auto)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """0 when every defect holds or was skipped, 1 when one does not."""
    suite = open_suite(args)
    total = len(suite.defects) + len(suite.refused)
    started = time.monotonic()
    proofs: list[Proof] = []
    told = started
    with interruptible() as interruption:
        try:
            for proof in check_suite(suite, choose(args.sandbox), args.jobs, interruption):
                proofs.append(proof)
                if not args.json:
                    _say(proof, len(proofs), total)
                if not sys.stderr.isatty() and time.monotonic() - told > _EVERY_SECONDS:
                    told = time.monotonic()
                    print(f"{len(proofs)}/{total} checked", file=sys.stderr, flush=True)
        except CancelledError:
            print("repair-eval: interrupted", file=sys.stderr)
            return interruption.exit_code
    seconds = time.monotonic() - started
    if args.json:
        print(json.dumps(_document(proofs, seconds), indent=2))
    else:
        _wipe()
        print("\n".join(_table(proofs, seconds)))
    return 1 if any(proof.status == "fails" for proof in proofs) else 0


def _say(proof: Proof, done: int, total: int) -> None:
    """The lines of a defect that fails or was skipped; on a terminal also how far we are."""
    if proof.status != "holds":
        _wipe()
        word = "skipped" if proof.status == "skipped" else "FAILED"
        for problem in proof.problems:
            print(f"{word:<8}{proof.id}: {problem}", flush=True)
    if sys.stderr.isatty() and sys.stdout.isatty():
        print(f"\r\x1b[K{done}/{total} {proof.id}"[:80], end="", file=sys.stderr, flush=True)


def _wipe() -> None:
    if sys.stderr.isatty() and sys.stdout.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _table(proofs: Sequence[Proof], seconds: float) -> Iterable[str]:
    """The counts by language, at most 80 columns wide."""
    head = ("", "defects", "hold", "fail", "skipped", "visible", "hidden", "seconds")
    groups: dict[str, list[Proof]] = {}
    for proof in proofs:
        groups.setdefault(proof.id.partition("/")[0], []).append(proof)
    rows = [_row(name, group) for name, group in sorted(groups.items())]
    if len(rows) > 1:
        rows.append(_row("all", proofs))
    yield from columns([head, *rows])
    statuses = [proof.status for proof in proofs]
    skipped = f", {statuses.count('skipped')} skipped" if "skipped" in statuses else ""
    yield f"{statuses.count('holds')} of {len(proofs)} hold{skipped}; {seconds:.0f} s"


def _row(name: str, proofs: Sequence[Proof]) -> tuple[str, ...]:
    statuses = [proof.status for proof in proofs]
    counts = [len(proofs), *(statuses.count(status) for status in ("holds", "fails", "skipped"))]
    counts += [sum(proof.visible for proof in proofs), sum(proof.hidden for proof in proofs)]
    return (name, *map(str, counts), f"{sum(proof.seconds for proof in proofs):.0f}")


def _document(proofs: Sequence[Proof], seconds: float) -> dict[str, object]:
    return {
        "schema_version": SCHEMA_VERSION,
        "seconds": round(seconds, 1),
        "defects": [{**asdict(proof), "seconds": round(proof.seconds, 2)} for proof in proofs],
    }


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
