"""Is the fault among the first lines that a source suspects?"""

from __future__ import annotations

from repair_eval.measures.proportion import Share
from repair_eval.measures.results import Results

TOPS = (1, 5, 10)


def localization(results: Results) -> dict[int, Share] | None:
    """k -> the share of attempts with a line of the reference fix among the first k suspicious ones
    (top-k; Pearson et al., ICSE 2017). None for a configuration that does not localize, or is told
    the place; in one that does, an attempt that suspects no line has missed."""
    if not any(one.suspicious for one in results.attempts):
        return None
    faults = {subject.id: frozenset(subject.fault_lines) for subject in results.run.subjects}
    known = [one for one in results.attempts if faults[one.defect]]
    return {
        k: Share.of(
            sum(not faults[one.defect].isdisjoint(one.suspicious[:k]) for one in known),
            len(known),
            len({one.defect for one in known}),
        )
        for k in TOPS
    }
