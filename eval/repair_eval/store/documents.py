"""The nouns of `record` as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from repair_eval.record import Attempt, Configuration, Line, Machine, Run, Subject


def run_document(run: Run) -> str:
    """The head of a run."""
    return json.dumps(asdict(run), ensure_ascii=False)


def run_of(text: str) -> Run:
    """The opposite. Raises KeyError, TypeError, ValueError for what is none."""
    values: dict[str, Any] = json.loads(text)
    return Run(
        **{
            **values,
            "machine": Machine(**values["machine"]),
            "configurations": tuple(Configuration(**each) for each in values["configurations"]),
            "subjects": tuple(_subject(each) for each in values["subjects"]),
        }
    )


def attempt_document(attempt: Attempt) -> str:
    """An attempt without its samples."""
    values = {name: getattr(attempt, name) for name in attempt.__slots__ if name != "samples"}
    return json.dumps({**values, "counts": dict(attempt.counts)}, ensure_ascii=False)


def attempt_of(text: str) -> Attempt:
    """The opposite."""
    values: dict[str, Any] = json.loads(text)
    return Attempt(**{**values, "suspicious": _lines(values["suspicious"])})


def _subject(values: Mapping[str, Any]) -> Subject:
    return Subject(**{**values, "fault_lines": _lines(values["fault_lines"])})


def _lines(pairs: list[tuple[str, int]]) -> tuple[Line, ...]:
    return tuple(Line(path, line) for path, line in pairs)
