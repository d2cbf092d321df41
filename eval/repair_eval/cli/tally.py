"""What became of the defects of a suite that is imported or mined, as lines and as a record."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from repair_eval.importers import Imported, Outcome


class Tally:
    """Takes in outcomes, and says each that is left out at once."""

    def __init__(self) -> None:
        self.imported: list[dict[str, str]] = []
        self.left_out: list[dict[str, str]] = []

    def add(self, outcome: Outcome, details: Mapping[str, str] | None = None) -> None:
        """Count one; `details` go into the record of a defect."""
        if isinstance(outcome, Imported):
            self.imported.append({**outcome._asdict(), **(details or {})})
            return
        self.left_out.append(outcome._asdict())
        self.progress("")
        print(f"left out {outcome.name}: {outcome.reason}", flush=True)

    def progress(self, text: str) -> None:
        """Replace the line that says how far we are, on a terminal."""
        if sys.stderr.isatty():
            print(f"\r\x1b[K{text}"[:80], end="", file=sys.stderr, flush=True)

    def record(self, **origin: object) -> Mapping[str, object]:
        """The document that stays with the suite."""
        return {**origin, "defects": self.imported, "left_out": self.left_out}
