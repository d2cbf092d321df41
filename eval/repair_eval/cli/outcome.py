"""The few figures that are printed when a run or a judging ends; `repair-eval report` has all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from repair_eval.cli.columns import columns
from repair_eval.record import Attempt, Recorded


def outcome(recorded: Recorded) -> Iterator[str]:
    """A line for each configuration: attempts, those whose first answer is plausible and correct,
    and those that broke down."""
    head = ("", "attempts", "plausible", "correct", "broke down", "seconds")
    rows: list[tuple[str, ...]] = [head]
    for configuration in recorded.run.configurations:
        own = [one for one in recorded.attempts if one.configuration == configuration.name]
        rows.append(_row(configuration.name, own))
    yield from columns(rows)
    skipped = [subject for subject in recorded.run.subjects if subject.skipped]
    if skipped:
        yield f"{len(skipped)} defects were skipped, as {skipped[0].id}: {skipped[0].skipped}"


def _row(name: str, own: Sequence[Attempt]) -> tuple[str, ...]:
    first = [one.samples[0] for one in own if one.status == "done" and one.samples]
    return (
        name,
        str(len(own)),
        str(sum(sample.plausible is True for sample in first)),
        str(sum(sample.correct is True for sample in first)),
        str(sum(one.status == "failed" for one in own)),
        f"{sum(one.seconds for one in own):.0f}",
    )
