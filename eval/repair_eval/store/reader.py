"""Read a run back."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from repair_eval.record import Attempt, Recorded, Run, Sample
from repair_eval.store.database import StoreError, open_file
from repair_eval.store.documents import attempt_of, run_of

_SAMPLES = """
SELECT s.configuration, s.defect, s.repeat, s.number, s.diff, s.origin, s.log_likelihood,
       s.well_formed, s.seconds, s.reason,
       j.plausible, j.correct, j.exact, j.ast_same, j.lines_changed, j.reason, j.error
FROM sample s LEFT JOIN judgement j ON j.defect = s.defect AND j.diff = s.diff
ORDER BY s.configuration, s.defect, s.repeat, s.number
"""
Key = tuple[str, str, int]


def read_run(path: Path) -> Recorded:
    """The run in a file, as far as it got. Raises StoreError where it is none.

    An attempt whose answers could not be judged, for the machinery broke down in every try, is
    `failed`: it stays in the denominator.
    """
    with closing(open_file(path, writable=False)) as connection:
        run = head(connection, path)
        attempts = read_attempts(connection)
    order = {configuration.name: at for at, configuration in enumerate(run.configurations)}
    subjects = {subject.id: at for at, subject in enumerate(run.subjects)}
    attempts.sort(key=lambda one: (order[one.configuration], subjects[one.defect], one.repeat))
    return Recorded(run, tuple(attempts))


def head(connection: sqlite3.Connection, path: Path) -> Run:
    """The head. Raises StoreError where there is none, or it is damaged."""
    row = connection.execute("SELECT head FROM run").fetchone()
    try:
        return run_of(row[0])
    except (TypeError, KeyError, ValueError) as error:
        raise StoreError(f"{path} has no readable head: {error}") from error


def read_attempts(connection: sqlite3.Connection) -> list[Attempt]:
    """All attempts that have ended, with their samples."""
    samples: dict[Key, list[Sample]] = defaultdict(list)
    unjudgeable: dict[Key, str] = {}
    for row in connection.execute(_SAMPLES):
        key: Key = row[:3]
        samples[key].append(_sample(row))
        if row[16]:
            unjudgeable.setdefault(key, f"judging: {row[16]}")
    attempts = []
    for configuration, defect, repeat, text in connection.execute(
        "SELECT configuration, defect, repeat, result FROM attempt"
    ):
        key = (configuration, defect, repeat)
        attempt = replace(attempt_of(text), samples=tuple(samples[key]))
        if key in unjudgeable:
            attempt = replace(attempt, status="failed", error=unjudgeable[key])
        attempts.append(attempt)
    return attempts


def _sample(row: tuple[Any, ...]) -> Sample:
    (number, diff, origin, likelihood, well_formed, seconds, said) = row[3:10]
    (plausible, correct, exact, ast_same, lines_changed, reason, _error) = row[10:]
    return Sample(
        index=number,
        diff=diff,
        origin=origin,
        log_likelihood=likelihood,
        well_formed=bool(well_formed),
        plausible=_truth(plausible),
        correct=_truth(correct),
        exact=bool(exact),
        ast_same=_truth(ast_same),
        lines_changed=lines_changed or 0,
        seconds=seconds,
        reason=str(said or reason or ""),
    )


def _truth(value: object) -> bool | None:
    return None if value is None else bool(value)
