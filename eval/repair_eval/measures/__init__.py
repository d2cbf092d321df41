"""What a run says, as numbers: one small file per measure, `summary.py` for all of them at once.

Where a measure cannot be had (no energy counter, no hidden tests, a source that cannot tell), it is
None and shown as missing; it is never zero. An attempt in which the machinery broke down repaired
nothing and stays in every denominator.
"""

from repair_eval.measures.comparison import Comparison, compare_all, compare_two
from repair_eval.measures.results import Results, results_of
from repair_eval.measures.summary import Summary, summarize

__all__ = [
    "Comparison",
    "Results",
    "Summary",
    "compare_all",
    "compare_two",
    "results_of",
    "summarize",
]
