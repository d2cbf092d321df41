"""`--csv`: a row for each configuration, for spreadsheets."""

from __future__ import annotations

import csv
import io

from repair_eval.report.evaluation import Evaluation
from repair_eval.report.leaderboard import COLUMNS

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(evaluation: Evaluation) -> str:
    """Shares are from 0 to 1; what is missing is an empty cell."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    head = ("configuration", "label", "kind", "precision", "machine", "defects", "attempts")
    writer.writerow((*head, "repaired_low", "repaired_high", *(one.key for one in COLUMNS)))
    for summary in evaluation.summaries:
        results = summary.results
        about = results.configuration
        texts = (summary.name, about.label, about.kind, about.precision, results.run.machine.label)
        counts = (len(results.by_defect), len(results.attempts))
        values = [column.cell(summary).value for column in COLUMNS]
        interval = summary.repaired.interval if summary.repaired.trials else ("", "")
        row = ("" if value is None else repr(value) for value in values)
        writer.writerow((*map(_text, texts), *counts, *interval, *row))
    return file.getvalue()


def _text(text: str) -> str:
    """A spreadsheet would run a text that begins like a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
