#!/usr/bin/env python3
"""Fits `priors.toml`: which of a function's candidates is the fix, from bugs planted in functions.

    python eval/bench/fit_priors.py --count 900 --write

By maximum likelihood of a conditional logit model over each function's candidates (`ranking.py`
says which), on bugs that are drawn by how often their kinds occur in practice, in packages that the
benchmarks do not use. Coefficients are drawn towards none, priors towards those in the file, so
that what the bugs say nothing about stays; and kinds of fixes that no bug operator asks for keep
the share of `frequencies.toml`. Takes a minute of CPU per 200 bugs. Needs the extra `[train]`.
"""

from __future__ import annotations

import argparse
import math
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from planted import FREQUENCIES, Bug, places, plant

from repairlsp.generate.templates import ranking, templates
from repairlsp.generate.templates.clues import FEATURES, Clues
from repairlsp.generate.templates.edits import edit_of, outcome
from repairlsp.generate.templates.target import Target
from repairlsp.types import Candidate, Edit

PRIORS = Path(ranking.__file__).with_name("priors.toml")
PACKAGES = (
    "python", "networkx", "pydantic", "rich", "pygments", "pytest", "typer", "attrs", "packaging",
    "huggingface-hub", "gitpython", "setuptools", "coverage", "anyio",
)  # fmt: skip
KEPT = 300
"""Candidates per function that the likelihood is taken over; the others are like them."""
TOPS = (1, 5, 20, 60, 200, 1000)
NAMES = tuple(template.name for template in templates())

Array = NDArray[np.float64]


class Choice(NamedTuple):
    """A function's candidates: template, features, whether right; and the log of how many of the
    wrong ones each stands for. `family` is the bug operator."""

    family: str
    templates: NDArray[np.int64]
    features: Array
    right: NDArray[np.bool_]
    spread: float


class Model(NamedTuple):
    """Logarithm of each template's prior, and the coefficients of the features."""

    bias: Array
    weights: Array


class Moments:
    """The running means of a gradient and of its square."""

    def __init__(self, like: Array) -> None:
        self.mean, self.square = np.zeros_like(like), np.zeros_like(like)

    def after(self, gradient: Array) -> Array:
        """The direction of a step after one more gradient."""
        self.mean += 0.1 * (gradient - self.mean)
        self.square += 0.001 * (gradient**2 - self.square)
        step: Array = self.mean / (np.sqrt(self.square) + 1e-9)
        return step


def choice(bug: Bug, kept: int, rng: Random) -> Choice:
    """What the templates propose for a bug; each outcome under the template that says it best."""
    target = Target.of(bug.source, bug.context)
    clues = Clues(target)
    by_outcome: dict[Edit, tuple[Edit, list[ranking.Option]]] = {}
    for option in ranking.options(target, templates()):
        if edit := edit_of(target, option.rewrite):
            by_outcome.setdefault(outcome(target, edit), (edit, []))[1].append(option)
    found = list(by_outcome.values())
    right = [bug.is_fixed_by(Candidate((edit,), "")) for edit, _ in found]
    drawn = set(rng.sample(range(len(found)), min(kept, len(found))))
    rows = [at for at in range(len(found)) if right[at] or at in drawn]
    wrong = len(found) - sum(right)
    kinds, features, is_right = [], [], []
    for at in rows:
        edit, options = found[at]
        said = clues.of(edit)
        for option in options:
            kinds.append(NAMES.index(option.template))
            features.append((*option.site, *said))
            is_right.append(right[at])
    kept_wrong = max(1, sum(not right[at] for at in rows))
    return Choice(
        bug.family,
        np.array(kinds),
        np.array(features).reshape(len(kinds), len(ranking.SITE_FEATURES) + len(FEATURES)),
        np.array(is_right, dtype=bool),
        math.log(max(1, wrong) / kept_wrong),
    )


def fit(
    choices: Sequence[Choice],
    start: Model,
    floors: Array,
    *,
    steps: int = 400,
    shrink: float = 1e-3,
    hold: float = 0.01,
) -> Model:
    """The most likely model, by Adam (Kingma and Ba 2015) on the whole of the choices.

    `shrink` is the inverse variance of the coefficients' prior over the number of choices (1e-3:
    a standard deviation of 1 and 900 choices), `hold` that of the templates' priors around `start`.
    """
    used = [one for one in choices if one.right.any()]
    kinds = np.concatenate([one.templates for one in used])
    features = np.concatenate([one.features for one in used])
    right = np.concatenate([one.right for one in used])
    sizes = np.array([len(one.right) for one in used])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    spread = np.repeat([one.spread for one in used], sizes) * ~right
    # Standardised, so that one step size suits all.
    scale = features.std(axis=0) + 1e-6
    scaled = features / scale
    bias, weights = start.bias.copy(), start.weights * scale
    asked = np.bincount(kinds[right], minlength=len(NAMES)) / right.sum()
    lacking = np.maximum(0.0, floors - asked)
    bias_moments, weights_moments = Moments(bias), Moments(weights)
    for step in range(1, steps + 1):
        score = bias[kinds] + scaled @ weights + spread
        chosen = _softmax(score, starts, sizes)
        meant = _softmax(np.where(right, score, -np.inf), starts, sizes)
        slope = (chosen - meant) / len(used)
        bias_slope = np.bincount(kinds, slope, minlength=len(NAMES))
        bias_slope += hold * (bias - start.bias) - lacking
        weights_slope = scaled.T @ slope + shrink * weights / scale**2
        rate = 0.05 * math.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        bias -= rate * bias_moments.after(bias_slope)
        weights -= rate * weights_moments.after(weights_slope)
    return Model(bias, weights / scale)


def _softmax(score: Array, starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> Array:
    highest = np.repeat(np.maximum.reduceat(score, starts), sizes)
    likely: Array = np.exp(score - highest)
    return likely / np.repeat(np.add.reduceat(likely, starts), sizes)


def scores(model: Model, one: Choice) -> Array:
    """Of each candidate."""
    return model.bias[one.templates] + one.features @ model.weights


def ranks(model: Model, choices: Iterable[Choice]) -> Iterator[float]:
    """The place of each fix among its function's candidates (all of them kept), from 1."""
    for one in choices:
        if not one.right.any():
            yield math.inf
            continue
        score = scores(model, one)
        yield 1 + float((score > score[one.right].max()).sum())


def tops(model: Model, choices: Sequence[Choice]) -> str:
    """The share of bugs whose fix is among the first so many."""
    found = list(ranks(model, choices))
    shares = (sum(rank <= top for rank in found) / len(found) for top in TOPS)
    return "  ".join(f"{top}: {share:5.1%}" for top, share in zip(TOPS, shares, strict=True))


def calibrated(model: Model, choices: Sequence[Choice]) -> Model:
    """The same order; scores such that a median function's probabilities add up to one."""
    totals = []
    for one in choices:
        score = scores(model, one) + one.spread * ~one.right
        totals.append(score.max() + math.log(np.exp(score - score.max()).sum()))
    return model._replace(bias=model.bias - np.median(totals))


def read() -> Model:
    """The model of `priors.toml`."""
    now = ranking.priors()
    bias = np.log([now.templates[name] for name in NAMES])
    return Model(bias, np.array([*now.site, *now.clues]))


def write(model: Model, command: str) -> None:
    """Put the model into `priors.toml`, between its head and what is there by judgement."""
    before = PRIORS.read_text("utf-8")
    head, tail = (
        before.partition("[prior]")[0],
        before.partition("# What the logarithm gains where"),
    )
    split = len(ranking.SITE_FEATURES)
    lines = [head.rstrip(), "", "[prior]"]
    lines += [
        f"{name} = {math.exp(value):.3g}" for name, value in zip(NAMES, model.bias, strict=True)
    ]
    for table, names, values in (
        ("site", ranking.SITE_FEATURES, model.weights[:split]),
        ("clue", FEATURES, model.weights[split:]),
    ):
        lines += ["", f"[{table}]"]
        lines += [f"{name} = {value:.3g}" for name, value in zip(names, values, strict=True)]
    lines += ["", "".join(tail[1:]).rstrip()]
    PRIORS.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"written by {command}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=900)
    parser.add_argument("--held-out", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rng = Random(options.seed)
    bugs = plant(places(PACKAGES), options.count, options.seed)
    training = [choice(bug, KEPT, rng) for bug in bugs]
    others = plant(places(("jinja2", "fsspec", "click", "markdown-it-py")), options.held_out, 1)
    held_out = [choice(bug, 10**6, rng) for bug in others]
    floors = tomllib.loads(FREQUENCIES.read_text("utf-8"))["templates"]
    before = read()
    after = fit(training, before, np.array([floors.get(name, 0.0) / 100 for name in NAMES]))
    print(f"{len(training)} bugs; of {len(held_out)} others the fix is among the first")
    print("before", tops(before, held_out))
    print("after ", tops(after, held_out))
    if options.write:
        write(calibrated(after, training), "eval/bench/fit_priors.py")


if __name__ == "__main__":
    main()
