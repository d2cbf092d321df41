"""How many first answers are the reference fix itself?"""

from __future__ import annotations

from typing import NamedTuple

from repair_eval.measures.proportion import Share
from repair_eval.measures.results import Results


class Likeness(NamedTuple):
    """`exact`: byte-equal files. `ast`: equal syntax trees, of the attempts at languages whose
    trees the judge compares; None where there are none."""

    exact: Share
    ast: Share | None


def likeness(results: Results) -> Likeness:
    """Of an attempt's first answer. A lower bound for correctness: other patches may be right."""
    first = [
        (one.defect, one.samples[0] if one.status == "done" and one.samples else None)
        for one in results.attempts
    ]
    exact = sum(answer is not None and answer.exact for _, answer in first)
    # No answer is no match, in a language that has answers with a comparison.
    languages = {
        one.language
        for one in results.done
        if any(sample.ast_same is not None and sample.diff for sample in one.samples)
    }
    spoken = {one.defect for one in results.attempts if one.language in languages}
    comparable = [answer for defect, answer in first if defect in spoken]
    same = sum(answer is not None and answer.ast_same is True for answer in comparable)
    return Likeness(
        Share.of(exact, len(first), len(results.by_defect)),
        Share.of(same, len(comparable), len(spoken)) if comparable else None,
    )
