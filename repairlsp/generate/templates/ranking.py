"""Which rewrite first: how often its family is right, its share at its site, what speaks for it.

A conditional logit model (McFadden 1974) of which candidate of a function is the fix. Each site of
a family is taken to be wrong with the family's prior probability, and if it is, one of the
alternatives there is right, in proportion to their weights; where the weights do not add up to one,
the rest is the chance that nothing of the family is wrong there. Static clues (`clues.py`) make
each more or less likely. The product, times the statement's suspiciousness, orders all rewrites of
all families; its natural logarithm is a candidate's score. `priors.toml` has the numbers,
`eval/bench/fit_priors.py` fits them.
"""

from __future__ import annotations

import ast
import heapq
import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from repairlsp.generate.templates.clues import FEATURES, Clues
from repairlsp.generate.templates.edits import edit_of, outcome
from repairlsp.generate.templates.registry import Template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.types import Edit

PER_SITE = 60
"""Alternatives kept per site and template. The tail of a long list of names is never the fix often
enough to pay for its test runs."""
_LOOKED_AT = 4000
"""Of 157 fixes that are among all rewrites, at most one is lost by this."""
SITE_FEATURES = ("share", "position", "alternatives")
"""Logarithms: of the alternative's share at its site, its place there, and how many there are."""


@dataclass(frozen=True, slots=True)
class Priors:
    """`priors.toml`: probabilities by template, coefficients of the features, and what exceptions
    of a type add to a template's."""

    templates: Mapping[str, float]
    site: tuple[float, ...]
    clues: tuple[float, ...]
    exceptions: Mapping[str, Mapping[str, float]]
    mentioned: float


class Option(NamedTuple):
    """A rewrite that a template proposes, with the features of its site."""

    template: str
    rewrite: Rewrite
    site: tuple[float, ...]
    suspiciousness: float


class Ranked(NamedTuple):
    """`score` is the natural logarithm of about the probability that the edit is the fix."""

    score: float
    template: str
    edit: Edit


@cache
def priors() -> Priors:
    """The numbers of `priors.toml`."""
    data = resources.files(__package__).joinpath("priors.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(data)
    return Priors(
        {name: float(value) for name, value in tables["prior"].items()},
        tuple(float(tables["site"][name]) for name in SITE_FEATURES),
        tuple(float(tables["clue"][name]) for name in FEATURES),
        tables["exception"],
        float(tables["message"]["mentioned"]),
    )


def ranked(target: Target, templates: Iterable[Template], limit: int) -> list[Ranked]:
    """At most `limit` edits that the templates propose, most promising first, each once.

    Making edits and looking for clues takes time, so only the best by their sites are looked at.
    """
    weights, clues = priors(), Clues(target)
    raised = weights.exceptions.get(target.message.type, {})

    def by_site(option: Option) -> float:
        prior = weights.templates[option.template] * option.suspiciousness
        said = raised.get(option.template, 0.0)
        return math.log(prior) + said + _dot(weights.site, option.site)

    found: dict[Edit, Ranked] = {}
    scored = ((by_site(option), option) for option in options(target, templates))
    for score, option in heapq.nlargest(max(_LOOKED_AT, limit), scored, key=lambda pair: pair[0]):
        edit = edit_of(target, option.rewrite)
        if edit and (result := outcome(target, edit)) not in found:  # the best of its templates
            clue = _dot(weights.clues, clues.of(edit))
            clue += weights.mentioned * clues.is_mentioned(edit)
            found[result] = Ranked(score + clue, option.template, edit)
    return heapq.nlargest(limit, found.values(), key=lambda one: one.score)


def options(target: Target, templates: Iterable[Template]) -> Iterator[Option]:
    """What each template proposes at its suspicious sites, the tails of long lists left out."""
    for template in templates:
        sites: dict[ast.AST, list[Rewrite]] = {}
        for rewrite in template.propose(target):
            if rewrite.weight > 0:
                sites.setdefault(rewrite.site, []).append(rewrite)
        for site, rewrites in sites.items():
            suspiciousness = target.suspiciousness(site)
            if suspiciousness <= 0:
                continue
            total = max(1.0, sum(rewrite.weight for rewrite in rewrites))
            rewrites.sort(key=lambda rewrite: -rewrite.weight)
            many = math.log(min(len(rewrites), PER_SITE))
            for place, rewrite in enumerate(rewrites[:PER_SITE]):
                features = (math.log(rewrite.weight / total), math.log1p(place), many)
                yield Option(template.name, rewrite, features, suspiciousness)


def _dot(weights: tuple[float, ...], values: tuple[float, ...]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))
