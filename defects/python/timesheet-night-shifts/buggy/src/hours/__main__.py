"""`python -m hours SHEET...`: a report on one or more time sheets."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from hours.periods import PERIODS
from hours.reader import SheetError, read_sheet
from hours.report import render, totals


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="hours")
    parser.add_argument("sheets", metavar="SHEET", nargs="+", type=Path)
    parser.add_argument("--by", choices=PERIODS, default="week")
    parser.add_argument("--project", help="only the entries of this project")
    options = parser.parse_args(arguments)
    entries = []
    for path in options.sheets:
        try:
            entries += read_sheet(path.read_text(encoding="utf-8").splitlines())
        except SheetError as error:
            parser.error(f"{path.name}:{error}")
    if options.project:
        entries = [entry for entry in entries if entry.project == options.project]
    print(render(totals(entries, options.by)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
