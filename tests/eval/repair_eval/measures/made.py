"""Runs made by hand, as small as the question needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from repair_eval.measures import Results
from repair_eval.record import (
    Attempt,
    Configuration,
    Line,
    Machine,
    Run,
    Sample,
    SourceKind,
    Subject,
)

GIB = 2**30


def sample(index: int = 0, *, plausible: bool | None = True, **values: Any) -> Sample:
    """An answer; `correct` is as `plausible` unless given."""
    made = Sample(
        index=index,
        diff="--- a/m.py\n+++ b/m.py\n@@ -1 +1 @@\n-old\n+new\n",
        origin="model",
        log_likelihood=-1.0,
        well_formed=True,
        plausible=plausible,
        correct=plausible,
        exact=False,
        ast_same=False,
        lines_changed=2,
        seconds=1.0,
    )
    return replace(made, **values)


def attempt(defect: str, *samples: Sample, **values: Any) -> Attempt:
    """A `done` attempt unless told otherwise."""
    made = Attempt(
        configuration="c",
        defect=defect,
        family="boundary",
        difficulty="easy",
        language="python",
        repeat=0,
        seed=0,
        status="done",
        error="",
        tries=1,
        seconds=10.0,
        samples=tuple(replace(one, index=at) for at, one in enumerate(samples)),
    )
    return replace(made, **values)


def subject(defect: str, **values: Any) -> Subject:
    """A defect with a fault in line 3 of m.py."""
    made = Subject(
        id=defect,
        language="python",
        family="boundary",
        difficulty="easy",
        shape="one-line",
        about="The last one is lost.",
        has_hidden=True,
        fault_lines=(Line("m.py", 3),),
        fix="",
    )
    return replace(made, **values)


def configuration(name: str = "c", kind: SourceKind = "search", **values: Any) -> Configuration:
    made = Configuration(
        name=name,
        label=f"Configuration {name}",
        kind=kind,
        engine="repairlsp",
        model="",
        model_hash="",
        model_bytes=None,
        precision="int8",
        hardware="",
        settings=f'{{"name":"{name}"}}',
    )
    return replace(made, **values)


def run(configurations: Sequence[Configuration], subjects: Sequence[Subject], **values: Any) -> Run:
    made = Run(
        id="made",
        created="2026-01-02T03:04:05+00:00",
        command="repair-eval run defects --config c --out made.sqlite",
        machine=Machine("laptop", "Linux", "A processor", 2, 24 * GIB),
        versions={"python": "3.11.0", "repairlsp": "0.1.0"},
        suite="defects",
        suite_hash="5" * 64,
        seed=0,
        repeats=1,
        configurations=tuple(configurations),
        subjects=tuple(subjects),
    )
    return replace(made, **values)


def results(*attempts: Attempt, kind: SourceKind = "search", **values: Any) -> Results:
    """The attempts of one configuration, whose fields can be given."""
    name = values.pop("name", "c")
    one = configuration(name, kind, **values)
    defects = dict.fromkeys(each.defect for each in attempts)
    repeats = max((each.repeat for each in attempts), default=0) + 1
    head = run([one], list(map(subject, defects)), repeats=repeats)
    return Results(name, head, one, tuple(replace(each, configuration=name) for each in attempts))


def verdicts(name: str, repaired: Mapping[str, bool]) -> Results:
    """One attempt at each defect, which repairs it or not."""
    attempts = [attempt(defect, sample(plausible=good)) for defect, good in repaired.items()]
    return results(*attempts, name=name)
