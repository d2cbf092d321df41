"""What a reader has to know before the figures: what is missing, broken or not comparable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from repair_eval.measures import Summary
from repair_eval.measures.cost import offer_name
from repair_eval.record import Run
from repair_eval.report.wording import counted


def notes(runs: Sequence[Run], summaries: Sequence[Summary]) -> Iterator[str]:
    """One sentence or two each."""
    yield from _controls(summaries)
    yield from _unfinished(summaries)
    if len({run.suite_hash for run in runs}) > 1:
        yield (
            "The runs are of different suites, or versions of a suite: configurations of different"
            " runs are only compared on the defects that both tried."
        )
    if len({run.machine.label for run in runs}) > 1:
        yield "The runs are of different machines: times and memory cannot be compared across them."
    for run in runs:
        yield from _skipped(run)
    yield from _unpriced(summaries)


def _controls(summaries: Sequence[Summary]) -> Iterator[str]:
    """The no-op repairs nothing, the reference fix everything: otherwise the judge is broken."""
    for one in summaries:
        if not one.results.is_control or not one.repaired.trials:
            continue
        empty = all(not sample.diff for each in one.results.done for sample in each.samples)
        wanted = 0 if empty else one.repaired.trials
        if one.repaired.hits != wanted:
            yield (
                f"The control {one.name} repairs {one.repaired.hits} of {one.repaired.trials}"
                f" instead of {wanted}: no other figure can be trusted until it does."
                " `repair-eval check` names the defects."
            )


def _unfinished(summaries: Sequence[Summary]) -> Iterator[str]:
    for one in summaries:
        results = one.results
        if results.pending:
            yield (
                f"{one.name} has {counted(results.pending, 'attempt')} still to make, not counted"
                " here: go on by `repair-eval run --resume`."
            )
        if results.broken:
            errors = Counter(each.error for each in results.attempts if each.status == "failed")
            worst = errors.most_common(1)[0][0].partition("\n")[0][:200]
            yield (
                f"In {results.broken} of {len(results.attempts)} attempts of {one.name} the"
                f" machinery broke down; they count as no repair. Most often: {worst}"
            )
        if results.unjudged:
            yield (
                f"{counted(results.unjudged, 'answer')} of {one.name}"
                f" {'is' if results.unjudged == 1 else 'are'} not judged and no repair so far: see"
                " `repair-eval judge`."
            )


def _skipped(run: Run) -> Iterator[str]:
    reasons = Counter(subject.skipped for subject in run.subjects if subject.skipped)
    for reason, number in reasons.most_common():
        were = "was" if number == 1 else "were"
        yield f"{counted(number, 'defect')} {were} skipped: {reason}."
    without = sum(not subject.has_hidden for subject in run.subjects if not subject.skipped)
    if without:
        yield (
            f"{counted(without, 'defect')} {'has' if without == 1 else 'have'} no hidden tests: a"
            " patch that passes the visible ones counts as a repair there."
        )


def _unpriced(summaries: Sequence[Summary]) -> Iterator[str]:
    unpriced = {
        offer_name(one.results)
        for one in summaries
        if one.cost is None and not one.results.is_control and one.results.done
    }
    for name in sorted(unpriced):
        yield (
            f"No cost is known for {name!r}: give it a row in the price table (--prices), or, where"
            " it has one and is paid by the token, a source that tells its tokens."
        )
