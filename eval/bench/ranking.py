#!/usr/bin/env python3
"""How near the front is the right patch, with and without the model's opinion of the templates?

    python eval/bench/ranking.py --functions runs/held-out.jsonl.gz --count 260

Single bugs put into held-out functions; candidates as the engine generates them, of templates and
model, in one queue. Nothing is marked as suspicious beyond the function, as when only coverage
accuses it. Also fits, each on the other half of the bugs, the weights that candidates.py has: a
conditional logit (McFadden 1974) of which template's edit is the fix. Needs the extra `[train]` for
the bug operators' corpus, and a file that `repairlsp train corpus` wrote.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from threading import Event
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repairlsp.generate import model, templates
from repairlsp.generate.candidates import Generator
from repairlsp.generate.prompt import load
from repairlsp.models.catalog import resolve
from repairlsp.models.client import ModelWorker
from repairlsp.source import SourceText
from repairlsp.training import corpus, settings
from repairlsp.training.operators import OPERATORS, Function
from repairlsp.types import Candidate, Edit, LineSpan, RepairContext

TOPS = (1, 5, 20, 60, 150)
LEAST = -30.0
FORMAT = "repair-lines-1"


class Bug(NamedTuple):
    source: SourceText
    context: RepairContext
    fixed: tuple[str, ...]

    def is_right(self, candidate: Candidate) -> bool:
        after = self.source.apply(candidate.edits).lines
        return tuple(line.rstrip() for line in after) == self.fixed


class Judged(NamedTuple):
    """A bug's templates: (prior, log-likelihood), shape (candidates, 2), and which are right."""

    features: NDArray[np.float64]
    right: NDArray[np.bool_]


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
            end = len(buggy) + 1
            suspicious = dict.fromkeys(range(2, end), 0.5)
            context = RepairContext("a.py", "f", LineSpan(1, end), tuple(buggy), suspicious)
            source = SourceText.from_text("\n".join(buggy) + "\n")
            yield Bug(source, context, tuple(function.lines))


def rank_in_queue(bug: Bug, generator: Generator) -> int | None:
    """The place of the first right candidate, from 1, when all have been generated."""
    scores: dict[tuple[Edit, ...], Candidate] = {}
    for batch in generator.for_tests(bug.source, bug.context, Event()):
        scores.update((one.edits, one) for one in batch)  # the newest score counts
    ordered = sorted(scores.values(), key=lambda one: -one.score)
    return next((at for at, one in enumerate(ordered, 1) if bug.is_right(one)), None)


def judged(bug: Bug, worker: ModelWorker, most: int = 500) -> Judged:
    proposed = list(templates.propose(bug.source, bug.context))[:most]
    scored = model.score(bug.context, proposed, worker, load(FORMAT)) if proposed else []
    features = [
        (prior.score, LEAST if one.log_likelihood is None else max(LEAST, one.log_likelihood))
        for prior, one in zip(proposed, scored, strict=True)
    ]
    right = [bug.is_right(one) for one in proposed]
    return Judged(np.array(features).reshape(-1, 2), np.array(right, bool))


def fit(cases: Sequence[Judged], steps: int = 40) -> NDArray[np.float64]:
    """Weights of the two features by Newton's method on the (concave) log-likelihood."""
    weights = np.array([0.5, 0.1])
    for _ in range(steps):
        gradient, curvature = np.zeros(2), np.eye(2) * 1e-6
        for features, right in cases:
            share = np.exp(features @ weights - (features @ weights).max())
            share /= share.sum()
            mine = share * right / (share * right).sum()
            mean = share @ features
            gradient += mine @ features - mean
            curvature += (features - mean).T @ ((features - mean) * share[:, None])
        weights = weights + np.linalg.solve(curvature, gradient)
    return weights


def tell(name: str, ranks: Sequence[int | None], count: int) -> None:
    tops = [sum(rank is not None and rank <= top for rank in ranks) / count for top in TOPS]
    found = [rank for rank in ranks if rank is not None]
    typical = float(np.exp(np.log(found).mean())) if found else float("nan")
    print(f"{name:34}", *(f"{top:6.1%}" for top in tops), f"{typical:8.1f}")


def both_halves(
    cases: Sequence[Judged], weigh: Callable[[Sequence[Judged]], NDArray[np.float64]]
) -> tuple[list[int], list[NDArray[np.float64]]]:
    """Ranks of the fix, each half by the weights of the other."""
    half = len(cases) // 2
    ranks, used = [], []
    for these, others in ((cases[:half], cases[half:]), (cases[half:], cases[:half])):
        weights = weigh(others)
        used.append(weights)
        for features, right in these:
            score = features @ weights
            ranks.append(1 + int((score > score[right].max()).sum()))
    return ranks, used


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--functions", type=Path, required=True)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--model")
    options = parser.parse_args()
    made = list(bugs(corpus.load(options.functions), options.count, 11))
    heading = " ".join(f"{f'top {top}':>6}" for top in TOPS)
    print(f"{'':34} {heading}  typical")
    with ModelWorker(resolve(options.model)) as worker:
        for name, generator in {
            "templates": Generator(None, None),
            "model": Generator(worker, load(FORMAT), use_templates=False),
            "both, templates by prior": Generator(worker, load(FORMAT), use_likelihood=False),
            "both, by prior and likelihood": Generator(worker, load(FORMAT)),
        }.items():
            tell(name, [rank_in_queue(bug, generator) for bug in made], len(made))
        began = time.monotonic()
        all_cases = [judged(bug, worker) for bug in made]
        seconds = time.monotonic() - began
    cases = [case for case in all_cases if case.right.any()]
    print(f"\nof {len(cases)} bugs that one of the first 500 templates repairs:")
    ranks, _ = both_halves(cases, lambda _: np.array([1.0, 0.0]))
    tell("by prior", ranks, len(cases))
    ranks, used = both_halves(cases, fit)
    tell("by both, fitted", ranks, len(cases))
    print("weights of prior and likelihood:", *(np.round(one, 3).tolist() for one in used))
    total = sum(len(case.right) for case in all_cases)
    print(f"{1000 * seconds / total:.1f} ms per judged candidate, its proposal included")


if __name__ == "__main__":
    main()
