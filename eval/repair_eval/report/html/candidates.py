"""Every candidate of every defect, packed: the browser unpacks what somebody opens.

10 configurations on 1,000 defects leave some 50,000 diffs. Written out they are 30 MB that no
browser scrolls well; many are equal, and gzip makes a tenth of the rest.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator, Sequence
from typing import Any

from repair_eval.measures.outcome import outcome
from repair_eval.record import Attempt, Sample, Subject
from repair_eval.report.evaluation import Evaluation

TOGETHER = 20
"""Defects that are unpacked at once: larger packs are smaller in all and slower to open."""
_MAX_REASON = 2_000


def packs(evaluation: Evaluation) -> Iterator[str]:
    """For each 20 defects, in order, JSON in gzip in Base64; `defects.js` reads it."""
    for start in range(0, len(evaluation.subjects), TOGETHER):
        subjects = evaluation.subjects[start : start + TOGETHER]
        text = json.dumps(_pack(subjects, evaluation), ensure_ascii=False, separators=(",", ":"))
        # A fixed time, so that the same figures make the same file.
        yield base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), 9, mtime=0)).decode()


class _Diffs:
    """Each different text once."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}

    def add(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))


def _pack(subjects: Sequence[Subject], evaluation: Evaluation) -> dict[str, Any]:
    diffs = _Diffs()
    defects = [
        {
            "about": subject.about,
            "fix": diffs.add(subject.fix),
            "fault": [f"{line.path}:{line.line}" for line in subject.fault_lines],
            "attempts": [
                _attempt(at, attempt, diffs)
                for at, summary in enumerate(evaluation.summaries)
                for attempt in summary.results.by_defect.get(subject.id, ())
            ],
        }
        for subject in subjects
    ]
    return {"diffs": list(diffs.texts), "defects": defects}


def _attempt(configuration: int, attempt: Attempt, diffs: _Diffs) -> dict[str, Any]:
    return {
        "configuration": configuration,
        "repeat": attempt.repeat,
        "outcome": outcome(attempt),
        "error": attempt.error[:_MAX_REASON],
        "seconds": round(attempt.seconds, 1),
        "suspicious": [f"{line.path}:{line.line}" for line in attempt.suspicious[:5]],
        "samples": [_sample(sample, diffs) for sample in attempt.samples],
    }


def _sample(sample: Sample, diffs: _Diffs) -> dict[str, Any]:
    return {
        "verdict": _verdict(sample),
        "origin": sample.origin,
        "diff": diffs.add(sample.diff),
        "likelihood": None if sample.log_likelihood is None else round(sample.log_likelihood, 2),
        "lines": sample.lines_changed,
        "seconds": round(sample.seconds, 1),
        "reason": sample.reason[:_MAX_REASON],
        "same": "exact" if sample.exact else "same AST" if sample.ast_same else "",
    }


def _verdict(sample: Sample) -> str:
    if not sample.well_formed:
        return "no edit"
    if sample.plausible is None:
        return "unjudged"
    if not sample.plausible:
        return "failing"
    return {True: "correct", False: "overfitting", None: "plausible"}[sample.correct]
