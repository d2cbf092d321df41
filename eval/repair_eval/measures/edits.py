"""Are the answers edits, and how large?"""

from __future__ import annotations

from typing import NamedTuple

from repair_eval.measures.outcome import is_repair
from repair_eval.measures.proportion import Share
from repair_eval.measures.results import Results
from repair_eval.measures.spread import Spread


class Edits(NamedTuple):
    """`well_formed`: answers that could be parsed and applied, of all. `lines_changed`: lines added
    and removed, of the answers that are repairs; None where none is."""

    well_formed: Share
    lines_changed: Spread | None


def edits(results: Results) -> Edits:
    """Of all answers of all attempts."""
    answers = [sample for one in results.done for sample in one.samples]
    answered = {one.defect for one in results.done if one.samples}
    good = sum(sample.well_formed for sample in answers)
    return Edits(
        Share.of(good, len(answers), len(answered)),
        Spread.of(sample.lines_changed for sample in answers if is_repair(sample)),
    )
