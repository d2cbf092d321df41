#!/usr/bin/env python3
"""How near the front is the right patch? Single bugs put into held-out functions, candidates of
templates and model, ranked with several weights of the model's opinion.

    python eval/bench/ranking.py --functions runs/held-out.jsonl.gz --count 200

Needs the extra `[train]` for the bug operators' corpus, and a file that `repairlsp train corpus`
wrote. Nothing is marked as suspicious beyond the function, as when only coverage accuses it.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from repairlsp.generate import model, templates
from repairlsp.generate.prompt import load
from repairlsp.models.catalog import resolve
from repairlsp.models.client import ModelWorker
from repairlsp.source import SourceText
from repairlsp.training import corpus, settings
from repairlsp.training.operators import OPERATORS, Function
from repairlsp.types import Candidate, LineSpan, RepairContext

WEIGHTS = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0)
MODEL_PRIORS = (0.005, 0.02, 0.1)
SCORED = 160


class Bug(NamedTuple):
    family: str
    buggy: tuple[str, ...]
    fixed: tuple[str, ...]


class Case(NamedTuple):
    """Candidates of one bug: (log prior or None for the model's own, log-likelihood, right)."""

    family: str
    candidates: list[tuple[float | None, float, bool]]


def bugs(functions: Sequence[corpus.CorpusFunction], count: int, seed: int) -> Iterator[Bug]:
    rng = Random(seed)
    weights = settings.load().samples.operators
    names = [name for name in weights if not OPERATORS[name].described]
    made = 0
    while made < count:
        function = Function.parse(rng.choice(functions).lines)
        name = rng.choices(names, [weights[name] for name in names])[0]
        options = list(OPERATORS[name].mutate(function, rng)) if function else []
        if not function or not options:
            continue
        buggy = rng.choice(options).lines
        if buggy != function.lines and Function.parse(buggy):
            made += 1
            yield Bug(name, buggy, function.lines)


def case(bug: Bug, worker: ModelWorker) -> Case:
    source = SourceText.from_text("\n".join(bug.buggy) + "\n")
    lines = dict.fromkeys(range(2, len(bug.buggy) + 1), 0.5)
    context = RepairContext("a.py", "f", LineSpan(1, len(bug.buggy) + 1), bug.buggy, lines)
    format = load("repair-lines-1")
    proposed = list(templates.propose(source, context))
    scored = model.score(context, proposed[:SCORED], worker, format) + proposed[SCORED:]
    suggested = model.suggest(context, worker, format)
    rows = []
    for candidate in (*scored, *suggested):
        prior = None if candidate.source == "model" else candidate.score
        likelihood = -30.0 if candidate.log_likelihood is None else candidate.log_likelihood
        rows.append((prior, max(likelihood, -30.0), _right(source, candidate, bug)))
    return Case(bug.family, rows)


def _right(source: SourceText, candidate: Candidate, bug: Bug) -> bool:
    return [line.rstrip() for line in source.apply(candidate.edits).lines] == list(bug.fixed)


def rank(case: Case, weight: float, model_prior: float) -> int | None:
    """The place of the first right candidate, from 1."""

    def score(row: tuple[float | None, float, bool]) -> float:
        prior = math.log(model_prior) if row[0] is None else row[0]
        return -((1 - weight) * prior + weight * row[1])

    ordered = sorted(case.candidates, key=score)
    return next((at for at, row in enumerate(ordered, 1) if row[2]), None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--functions", type=Path, required=True)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--model")
    options = parser.parse_args()
    functions = corpus.load(options.functions)
    with ModelWorker(resolve(options.model)) as worker:
        cases = [case(bug, worker) for bug in bugs(functions, options.count, 5)]
    count = len(cases)
    reached = {
        "templates": sum(any(r[2] and r[0] is not None for r in c.candidates) for c in cases),
        "model": sum(any(r[2] and r[0] is None for r in c.candidates) for c in cases),
        "either": sum(any(r[2] for r in c.candidates) for c in cases),
    }
    print(f"{count} bugs; the fix is among the candidates of", end=" ")
    print(", ".join(f"{name} {hits / count:.0%}" for name, hits in reached.items()))
    print("weight  model prior   top 1   top 5  top 20  top 60")
    for model_prior in MODEL_PRIORS:
        for weight in WEIGHTS:
            ranks = [rank(one, weight, model_prior) for one in cases]
            tops = [sum(r is not None and r <= k for r in ranks) / count for k in (1, 5, 20, 60)]
            print(f"{weight:6.2f} {model_prior:12.3f}", *(f"{top:7.1%}" for top in tops))


if __name__ == "__main__":
    main()
