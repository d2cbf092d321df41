"""Fill the page's template. Everything in it is text, escaped; nothing is fetched."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from repair_eval.measures.outcome import MEANING
from repair_eval.report.evaluation import Evaluation
from repair_eval.report.facets import FACETS, facet
from repair_eval.report.html import plots
from repair_eval.report.html.candidates import TOGETHER, packs
from repair_eval.report.html.defects import SIGNS, rows
from repair_eval.report.tables import best, groups, heading, unmeasured
from repair_eval.report.wording import between, counted, number, percent, points, probability, size

_FOLDER = Path(__file__).parent
_MANY = 15
"""Comparisons that are shown without being asked for."""


def page(evaluation: Evaluation) -> str:
    """The whole file."""
    summaries = evaluation.summaries
    shown = evaluation.contestants or summaries
    data = {
        "together": TOGETHER,
        "names": [one.name for one in summaries],
        "signs": dict(SIGNS),
    }
    return _template().render(
        evaluation=evaluation,
        groups=groups(summaries),
        heading=heading,
        unmeasured=unmeasured(summaries),
        best=best,
        shown=shown,
        facets={name: facet(name, evaluation.subjects, shown) for name in FACETS},
        comparisons=sorted(evaluation.comparisons, key=lambda one: one.p),
        many=_MANY,
        pareto=plots.pareto(evaluation),
        curves=plots.curves(evaluation),
        width=plots.WIDTH,
        height=plots.HEIGHT,
        defects=list(rows(evaluation)),
        packs=packs(evaluation),
        signs=SIGNS,
        meaning=MEANING,
        style=_asset("style.css"),
        scripts=[_asset(name) for name in ("tables.js", "defects.js")],
        data=_script_data(data),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        percent=percent,
        between=between,
        counted=counted,
        number=number,
        points=points,
        probability=probability,
        size=size,
    )
    return environment.get_template("page.html.jinja")


def _asset(name: str) -> Markup:
    """A file of ours, which is safe as it is."""
    return Markup((_FOLDER / name).read_text("utf-8"))


def _script_data(data: object) -> Markup:
    """JSON inside a script element: "<" would let a name end the element."""
    return Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))
