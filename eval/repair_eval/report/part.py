"""A part of a run: the defects that somebody asks about, as if no other had been tried."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from repair_eval.record import Recorded
from repair_eval.suite.load import matches
from repairlsp.errors import UsageError


def part(recorded: Recorded, only: Collection[str]) -> Recorded:
    """The run with the defects whose ids match one of the patterns; see `load_suite` for these.
    Raises UsageError where a pattern matches none."""
    run, attempts = recorded
    if not only:
        return recorded
    for pattern in only:
        if not any(matches(subject.id, [pattern]) for subject in run.subjects):
            raise UsageError(
                f"the run {run.id} has no defect {pattern}",
                "give an id, a part of it before a slash, or a pattern like '*/parse-*'",
            )
    subjects = tuple(subject for subject in run.subjects if matches(subject.id, only))
    kept = {subject.id for subject in subjects}
    return Recorded(
        replace(run, subjects=subjects), tuple(one for one in attempts if one.defect in kept)
    )
