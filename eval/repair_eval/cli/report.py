"""`repair-eval report RUN... --html FILE`: what runs say, as a page, a table or data."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from repair_eval.cli.columns import columns
from repair_eval.measures.prices import READY, read_prices
from repair_eval.report import Evaluation, document, evaluate, markdown, page, sheet
from repair_eval.report.leaderboard import Column
from repair_eval.report.tables import groups
from repair_eval.store import read_run
from repairlsp.errors import UsageError

_FORMATS: Mapping[str, tuple[Callable[[Evaluation], str], str]] = MappingProxyType(
    {
        "html": (page, "a page in one file, with plots and every candidate's diff"),
        "markdown": (markdown, "tables for a repository"),
        "json": (lambda one: json.dumps(document(one), indent=1) + "\n", "all figures"),
        "csv": (sheet, "a row for each configuration"),
    }
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("runs", metavar="RUN", nargs="+", type=Path, help="what `run` wrote")
    for name, (_, what) in _FORMATS.items():
        parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"write {what}")
    add_reading(parser)


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add how runs are read: `--only` and `--prices`."""
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="ID",
        help="only these defects: an id, a part before a slash, or a pattern (repeatable)",
    )
    parser.add_argument(
        "--prices",
        type=Path,
        default=READY,
        metavar="FILE",
        help="what machines and APIs cost (default: the example in eval/prices.toml)",
    )


def run(args: argparse.Namespace) -> int:
    """0 when everything was written. The leaderboard is printed where no file is named."""
    prices = read_prices(args.prices)
    evaluation = evaluate([(path.stem, read_run(path)) for path in args.runs], prices, args.only)
    written = False
    for name, (write, _) in _FORMATS.items():
        path: Path | None = getattr(args, name)
        if path is not None:
            _write(path, write(evaluation))
            written = True
    for note in evaluation.notes:
        print(f"repair-eval: {note}", file=sys.stderr)
    if not written:
        print("\n".join(_table(evaluation)))
    return 0


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    print(f"wrote {path}")


def _table(evaluation: Evaluation) -> Iterator[str]:
    """The leaderboard, as wide as the terminal is."""
    width = shutil.get_terminal_size((80, 24)).columns
    shown: list[Column] = []
    for column in groups(evaluation.summaries)["Leaderboard"]:
        lines = list(columns(_rows(evaluation, [*shown, column])))
        if max(map(len, lines)) <= width or not shown:
            shown.append(column)
    yield from columns(_rows(evaluation, shown))
    yield "In brackets: 95 % intervals. The other columns: --html, --markdown, --csv."


def _rows(evaluation: Evaluation, shown: Sequence[Column]) -> list[tuple[str, ...]]:
    rows = [("", *(column.title for column in shown))]
    for summary in evaluation.summaries:
        cells = (column.cell(summary) for column in shown)
        texts = (f"{cell.text} ({cell.detail})" if cell.detail else cell.text for cell in cells)
        rows.append((summary.name, *texts))
    return rows
