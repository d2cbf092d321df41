"""Which rewrite first: the prior of its template, its share at its site, the site's suspiciousness.

Each site of a family is taken to be wrong with the family's prior probability, and if it is, one of
the alternatives there is right, in proportion to their weights; where the weights do not add up to
one, the rest is the chance that nothing of the family is wrong there. The product, times the
statement's suspiciousness, orders all rewrites of all families; its natural logarithm is a
candidate's score.
"""

from __future__ import annotations

import ast
import math
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from repairlsp.generate.templates.registry import Template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target

# Alternatives kept per site and template. The tail of a long list of names is never the fix often
# enough to pay for its test runs.
PER_SITE = 40


class Ranked(NamedTuple):
    score: float
    template: str
    rewrite: Rewrite


@cache
def priors() -> Mapping[str, float]:
    """The prior of each template, by name, from `priors.toml`."""
    data = resources.files(__package__).joinpath("priors.toml").read_text(encoding="utf-8")
    return {name: float(value) for name, value in tomllib.loads(data)["prior"].items()}


def ranked(target: Target, templates: Iterable[Template]) -> list[Ranked]:
    """Every rewrite of the target, most promising first; ties in order of name and place."""
    found: list[Ranked] = []
    for template in templates:
        sites: dict[ast.AST, list[Rewrite]] = {}
        for rewrite in template.propose(target):
            sites.setdefault(rewrite.site, []).append(rewrite)
        for site, rewrites in sites.items():
            rate = priors()[template.name] * target.suspiciousness(site)
            total = max(1.0, sum(rewrite.weight for rewrite in rewrites))
            if rate <= 0:
                continue
            rewrites.sort(key=lambda rewrite: -rewrite.weight)
            found.extend(
                Ranked(math.log(rate * rewrite.weight / total), template.name, rewrite)
                for rewrite in rewrites[:PER_SITE]
                if rewrite.weight > 0
            )
    found.sort(key=lambda one: -one.score)
    return found
