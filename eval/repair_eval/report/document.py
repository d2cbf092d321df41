"""`--json`: all figures, for programs. Diffs stay in the runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from repair_eval.measures import Summary
from repair_eval.measures.outcome import outcome
from repair_eval.measures.proportion import Share
from repair_eval.record import Run
from repair_eval.report.evaluation import Evaluation
from repair_eval.report.facets import FACETS, facet

SCHEMA_VERSION = 1


def document(evaluation: Evaluation) -> dict[str, Any]:
    """null is: not known, or not measured. Units are those of `record` and of the measures."""
    summaries = evaluation.summaries
    return {
        "schema_version": SCHEMA_VERSION,
        "notes": list(evaluation.notes),
        "prices": {
            "currency": evaluation.prices.currency,
            "note": evaluation.prices.note,
            "attempts_per_month": evaluation.prices.attempts_per_month,
        },
        "runs": [_run(run) for run in evaluation.runs],
        "configurations": [_configuration(one) for one in summaries],
        "comparisons": [one._asdict() for one in evaluation.comparisons],
        "break_even": [asdict(one) for one in evaluation.crossings],
        "facets": {
            name: [
                {
                    "value": row.value,
                    "defects": row.defects,
                    "repaired": {
                        one.name: {"hits": hits, "attempts": attempts}
                        for one, (hits, attempts) in zip(summaries, row.cells, strict=True)
                    },
                }
                for row in facet(name, evaluation.subjects, summaries)
            ]
            for name in FACETS
        },
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "created": run.created,
        "command": run.command,
        "machine": asdict(run.machine),
        "versions": dict(run.versions),
        "suite": run.suite,
        "suite_hash": run.suite_hash,
        "seed": run.seed,
        "repeats": run.repeats,
        "defects": sum(not subject.skipped for subject in run.subjects),
        "skipped": {one.id: one.skipped for one in run.subjects if one.skipped},
    }


def _configuration(one: Summary) -> dict[str, Any]:
    results = one.results
    found = one.localization
    return {
        "name": one.name,
        "run": results.run.id,
        "configuration": asdict(results.configuration),
        "attempts": len(results.attempts),
        "pending": results.pending,
        "breakdowns": results.broken,
        "unjudged": results.unjudged,
        "outcomes": dict(one.outcomes),
        "repaired": _share(one.repaired),
        "plausible": _share(one.plausible),
        "overfitting": _share(one.overfitting),
        "pass_at_k": [_tuple(each) for each in one.pass_at_k],
        "exact": _share(one.likeness.exact),
        "ast": _share(one.likeness.ast),
        "localization": {k: _share(each) for k, each in found.items()} if found else None,
        "well_formed": _share(one.edits.well_formed),
        "lines_changed": _tuple(one.edits.lines_changed),
        "speed": {name: _tuple(value) for name, value in one.speed._asdict().items()},
        "peak_bytes": _tuple(one.footprint.peak),
        "model_bytes": one.footprint.model_bytes,
        "energy": _tuple(one.energy),
        "co2_grams": one.co2_grams,
        "cost": asdict(one.cost) if one.cost else None,
        "cost_per_thousand_attempts": one.thousand_attempts,
        "cost_per_thousand_repairs": one.thousand_repairs,
        "defects": {
            defect: [
                {"outcome": outcome(each), "seconds": each.seconds, "error": each.error}
                for each in attempts
            ]
            for defect, attempts in results.by_defect.items()
        },
    }


def _share(share: Share | None) -> Mapping[str, Any] | None:
    """null where nothing was tried."""
    if share is None or not share.trials:
        return None
    values = {"hits": share.hits, "trials": share.trials, "value": share.value}
    return {**values, "interval": list(share.interval)}


def _tuple(value: Any) -> Any:
    """A NamedTuple with its names, which `json` would drop."""
    return value._asdict() if hasattr(value, "_asdict") else value
