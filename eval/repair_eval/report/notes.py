"""What a reader has to know before the figures: what is missing, broken or not comparable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from repair_eval.measures import Results, Summary
from repair_eval.measures.cost import offer_name
from repair_eval.record import Run
from repair_eval.report.wording import counted

_FEW = 3
"""Configurations that a note names one by one."""


def notes(
    runs: Sequence[Run], summaries: Sequence[Summary], only: Sequence[str] = ()
) -> Iterator[str]:
    """One sentence or two each. `only` are the patterns of the defects that are shown."""
    if only:
        yield f"Only a part of what was run is shown, the defects of: {', '.join(only)}."
    yield from _controls(summaries)
    yield from _unfinished(summaries)
    yield from _speechless(summaries)
    if len({run.suite_hash for run in runs}) > 1:
        yield (
            "The runs are of different suites, or versions of a suite: configurations of different"
            " runs are only compared on the defects that both tried."
        )
    if len({run.machine.label for run in runs}) > 1:
        yield "The runs are of different machines: times and memory cannot be compared across them."
    if any(each.alone is False for one in summaries for each in one.results.done):
        yield (
            "Attempts ran side by side: each took longer, and so cost more, than it does alone, and"
            " no energy was read. `repair-eval run --jobs 1` measures both."
        )
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
    """What is missing, each kind once for all configurations."""
    results = [one.results for one in summaries]
    if waiting := [one for one in results if one.pending]:
        number = sum(one.pending for one in waiting)
        yield (
            f"{_named(waiting)} {_has(waiting)} {counted(number, 'attempt')} still to make, not"
            " counted here: go on by `repair-eval run --resume`."
        )
    if broken := [one for one in results if one.broken]:
        errors = Counter(
            each.error for one in broken for each in one.attempts if each.status == "failed"
        )
        worst = errors.most_common(1)[0][0].partition("\n")[0][:200]
        yield (
            f"In {sum(one.broken for one in broken)} of"
            f" {sum(len(one.attempts) for one in broken):,} attempts of {_named(broken)} the"
            f" machinery broke down; they count as no repair. Most often: {worst}"
        )
    if unjudged := [one for one in results if one.unjudged]:
        number = sum(one.unjudged for one in unjudged)
        yield (
            f"{counted(number, 'answer')} of {_named(unjudged)} {'is' if number == 1 else 'are'}"
            " not judged and no repair so far: see `repair-eval judge`."
        )


def _named(results: Sequence[Results]) -> str:
    """A few by their names, more by their number."""
    names = [one.name for one in results]
    if len(names) > _FEW:
        return f"{names[0]} and {len(names) - 1} other configurations"
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _has(results: Sequence[Results]) -> str:
    return "has" if len(results) == 1 else "have"


def _speechless(summaries: Sequence[Summary]) -> Iterator[str]:
    """Languages in which a configuration says nothing: it cannot, and its rate is that of others
    who can and of itself on the rest."""
    silent: dict[tuple[str, ...], list[Results]] = {}
    for one in summaries:
        answered = {each.language for each in one.results.done if each.samples}
        mute = {each.language for each in one.results.done} - answered
        if mute and answered and not one.results.is_control:
            silent.setdefault(tuple(sorted(mute)), []).append(one.results)
    for languages, results in silent.items():
        yield (
            f"{_named(results)} {_has(results)} no answer to any defect in {', '.join(languages)}:"
            " these count as attempts that repaired nothing. `repair-eval report --only LANGUAGE`"
            " shows a part alone."
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
