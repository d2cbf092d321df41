"""The columns of the tables that compare configurations, once for all formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from repair_eval.measures import Summary
from repair_eval.measures.cost import offer_name
from repair_eval.measures.proportion import Share
from repair_eval.report.wording import between, number, percent, size

Group = Literal["Leaderboard", "Answers", "Time and tokens", "Resources and cost"]


class Cell(NamedTuple):
    """`value` sorts and goes into other programs, None is missing; `detail` is the interval or the
    count behind it."""

    value: float | None
    text: str
    detail: str = ""


@dataclass(frozen=True)
class Column:
    """`key` names it in CSV, `about` explains it, `better` says which end is the good one."""

    key: str
    title: str
    about: str
    group: Group
    better: Literal["high", "low", ""]
    cell: Callable[[Summary], Cell]


def _share(found: Share | None) -> Cell:
    if found is None or not found.trials:
        return Cell(None, percent(None))
    return Cell(found.value, percent(found.value), between(found.interval))


def _pass_at(k: int) -> Callable[[Summary], Cell]:
    def cell(summary: Summary) -> Cell:
        for one in summary.pass_at_k:
            if one.k == k:
                return Cell(one.value, percent(one.value), between(one.interval))
        return Cell(None, percent(None))

    return cell


def _top(k: int) -> Callable[[Summary], Cell]:
    return lambda one: _share(one.localization[k] if one.localization else None)


def _number(of: Callable[[Summary], float | None], detail: str = "") -> Callable[[Summary], Cell]:
    def cell(summary: Summary) -> Cell:
        value = of(summary)
        return Cell(value, number(value), detail if value is not None else "")

    return cell


def _verified(summary: Summary) -> Cell:
    found = summary.speed.verified
    if found is None:
        return Cell(None, number(None))
    return Cell(found.median, number(found.median), f"of {found.number}")


def _size(of: Callable[[Summary], float | None]) -> Callable[[Summary], Cell]:
    def cell(summary: Summary) -> Cell:
        value = of(summary)
        return Cell(value, size(value))

    return cell


def _joules(summary: Summary) -> Cell:
    if summary.energy is None:
        return Cell(None, number(None))
    found = summary.energy
    return Cell(found.joules, number(found.joules), found.source)


def _broken(summary: Summary) -> Cell:
    broken, attempts = summary.results.broken, len(summary.results.attempts)
    return Cell(broken, str(broken), f"of {attempts}" if broken else "")


def _cost(summary: Summary) -> Cell:
    value = summary.thousand_attempts
    return Cell(value, number(value), offer_name(summary.results) if value is not None else "")


_MAIN: Group = "Leaderboard"
_ANSWERS: Group = "Answers"
_TIME: Group = "Time and tokens"
_RESOURCES: Group = "Resources and cost"

COLUMNS: Sequence[Column] = (
    Column(
        "repaired",
        "Repaired",
        "Attempts whose first answer that passes the visible tests passes the hidden ones too"
        " (95 % Wilson interval).",
        _MAIN,
        "high",
        lambda one: _share(one.repaired),
    ),
    Column(
        "plausible",
        "Plausible",
        "Attempts with an answer that passes the visible tests.",
        _MAIN,
        "high",
        lambda one: _share(one.plausible),
    ),
    Column(
        "overfitting",
        "Overfitting",
        "Plausible patches that a hidden test refutes, of those that hidden tests judged.",
        _MAIN,
        "low",
        lambda one: _share(one.overfitting),
    ),
    *(
        Column(
            f"pass_at_{k}",
            f"pass@{k}",
            f"A repair among {k} answers: unbiased estimate per defect, then the mean (95 %"
            " bootstrap interval over defects). Of a search: among its first ranked patches.",
            _MAIN,
            "high",
            _pass_at(k),
        )
        for k in (1, 5, 10)
    ),
    Column(
        "attempt_seconds",
        "Time, s",
        "Seconds of an attempt, median.",
        _MAIN,
        "low",
        _number(lambda one: one.speed.attempt.median if one.speed.attempt else None),
    ),
    Column(
        "breakdowns",
        "Breakdowns",
        "Attempts in which the machinery broke down in every try. They count as no repair.",
        _MAIN,
        "",
        _broken,
    ),
    Column(
        "exact",
        "Exact",
        "First answers that give byte for byte the reference fix.",
        _ANSWERS,
        "high",
        lambda one: _share(one.likeness.exact),
    ),
    Column(
        "ast",
        "Same AST",
        "First answers whose syntax trees are those of the reference fix.",
        _ANSWERS,
        "high",
        lambda one: _share(one.likeness.ast),
    ),
    Column(
        "well_formed",
        "Well-formed",
        "Answers that could be parsed and applied, of all answers.",
        _ANSWERS,
        "high",
        lambda one: _share(one.edits.well_formed),
    ),
    Column(
        "lines_changed",
        "Lines changed",
        "Lines added and removed by an answer that is a repair, median.",
        _ANSWERS,
        "",
        _number(lambda one: one.edits.lines_changed.median if one.edits.lines_changed else None),
    ),
    *(
        Column(
            f"top_{k}",
            f"Top-{k}",
            f"Attempts with a line of the fault among the first {k} suspicious lines; missing where"
            " the place is given.",
            _ANSWERS,
            "high",
            _top(k),
        )
        for k in (1, 5, 10)
    ),
    Column(
        "verified_seconds",
        "Verified, median s",
        "Seconds to the first patch that the source itself verified, median of the attempts that"
        " have one.",
        _TIME,
        "low",
        _verified,
    ),
    Column(
        "verified_seconds_p90",
        "Verified, p90 s",
        "The same, 90th percentile.",
        _TIME,
        "low",
        _number(lambda one: one.speed.verified.p90 if one.speed.verified else None),
    ),
    Column(
        "prompt_tokens",
        "Prompt tokens",
        "Of an attempt, median.",
        _TIME,
        "",
        _number(lambda one: one.speed.prompt_tokens.median if one.speed.prompt_tokens else None),
    ),
    Column(
        "output_tokens",
        "Output tokens",
        "Of an attempt, median.",
        _TIME,
        "",
        _number(lambda one: one.speed.output_tokens.median if one.speed.output_tokens else None),
    ),
    Column(
        "prefill_rate",
        "Prefill, tokens/s",
        "Prompt tokens by the seconds that reading them took.",
        _TIME,
        "high",
        _number(lambda one: one.speed.prefill_rate),
    ),
    Column(
        "decode_rate",
        "Decode, tokens/s",
        "Output tokens by the seconds that writing them took.",
        _TIME,
        "high",
        _number(lambda one: one.speed.decode_rate),
    ),
    Column(
        "peak_bytes",
        "Peak memory",
        "Resident, of the model and what generates, median over attempts of their peaks.",
        _RESOURCES,
        "low",
        _size(lambda one: one.footprint.peak.median if one.footprint.peak else None),
    ),
    Column(
        "model_bytes",
        "Model size",
        "The model's files.",
        _RESOURCES,
        "low",
        _size(lambda one: one.footprint.model_bytes),
    ),
    Column(
        "joules",
        "Energy, J",
        "Of an attempt, mean. rapl: the processor's counter; codecarbon: an estimate.",
        _RESOURCES,
        "low",
        _joules,
    ),
    Column(
        "co2_grams",
        "CO2, g",
        "Of an attempt, by the energy and the price table's grams per kWh.",
        _RESOURCES,
        "low",
        _number(lambda one: one.co2_grams),
    ),
    Column(
        "cost_per_thousand_attempts",
        "Cost of 1,000 attempts",
        "By the price table.",
        _RESOURCES,
        "low",
        _cost,
    ),
    Column(
        "cost_per_thousand_repairs",
        "Cost of 1,000 repairs",
        "The cost of 1,000 repaired defects, with the attempts that repaired nothing.",
        _RESOURCES,
        "low",
        _number(lambda one: one.thousand_repairs),
    ),
)
