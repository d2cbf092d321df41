"""How good a model folder is on held-out functions: exact match, per bug family."""

from __future__ import annotations

import json
import platform
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

from repairlsp.generate.prompt import PromptFormat, load
from repairlsp.models.client import ModelWorker, Suggestion
from repairlsp.training.corpus import CorpusFunction
from repairlsp.training.samples import Sample, make_sample
from repairlsp.training.settings import Settings

BEAMS = (1, 5, 20)


class Interval(NamedTuple):
    """A share with its 95 % interval (Wilson 1927)."""

    share: float
    low: float
    high: float

    @classmethod
    def of(cls, hits: int, count: int) -> Interval:
        z = 1.959964
        share = hits / count
        centre = (share + z * z / (2 * count)) / (1 + z * z / count)
        spread = z / (1 + z * z / count)
        half = spread * (share * (1 - share) / count + z * z / (4 * count * count)) ** 0.5
        low, high = max(0.0, centre - half), min(1.0, centre + half)
        return cls(round(share, 4), round(low, 4), round(high, 4))


@dataclass(frozen=True)
class Row:
    """`exact[k]`: the reference answer is among the first k; `line`: the first one's edit starts
    where the reference's does."""

    family: str
    count: int
    exact: dict[int, Interval]
    line: Interval


class _Hit(NamedTuple):
    rank: int | None
    line: bool


def evaluate(
    folder: Path, functions: Sequence[CorpusFunction], settings: Settings, count: int
) -> list[Row]:
    """Score a model folder on `count` single bugs put into `functions`; the first row is overall.

    Families that come with a message get it, as an editor would; of the others nothing is marked.
    """
    format = load(settings.prompt_format)
    hits: dict[str, list[_Hit]] = defaultdict(list)
    with ModelWorker(folder) as worker:
        for sample in _samples(functions, settings, format, count):
            answers = worker.suggest(sample.prompt, beams=max(BEAMS), max_new_tokens=64)
            hits[sample.family].append(_hit(answers, sample, format))
    rows = [_row(family, found) for family, found in sorted(hits.items())]
    return [_row("all", [hit for found in hits.values() for hit in found]), *rows]


def _samples(
    functions: Sequence[CorpusFunction], settings: Settings, format: PromptFormat, count: int
) -> Iterator[Sample]:
    """Single bugs; half of the prompts of undescribed bugs have marked lines, as in training."""
    rng = Random(settings.seed + 99)
    found = 0
    while found < count:
        function = rng.choice(functions)
        sample = make_sample(function.lines, rng, settings.samples, format)
        if sample and sample.family and "+" not in sample.family and len(sample.prompt) < 2_000:
            found += 1
            yield sample


def _hit(answers: Sequence[Suggestion], sample: Sample, format: PromptFormat) -> _Hit:
    reference = sample.answer.removesuffix(format.end)
    texts = [answer.text for answer in answers]
    rank = texts.index(reference) + 1 if reference in texts else None
    pointer = reference[: reference.index(">") + 1]
    return _Hit(rank, bool(texts) and texts[0].startswith(pointer))


def _row(family: str, hits: Sequence[_Hit]) -> Row:
    def share(k: int) -> Interval:
        return Interval.of(sum(hit.rank is not None and hit.rank <= k for hit in hits), len(hits))

    line = Interval.of(sum(hit.line for hit in hits), len(hits))
    return Row(family, len(hits), {k: share(k) for k in BEAMS}, line)


def save(rows: Sequence[Row], path: Path, command: str) -> None:
    """Write the rows as JSON, with the command, machine and interpreter that made them."""
    record = {
        "command": command,
        "machine": f"{platform.machine()}, {platform.system()}",
        "python": platform.python_version(),
        "rows": [asdict(row) for row in rows],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, indent=1) + "\n", "utf-8")


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table, shares in per cent with their intervals."""

    def cell(value: Interval) -> str:
        return f"{100 * value.share:.0f} ({100 * value.low:.0f}-{100 * value.high:.0f})"

    head = ["family", "cases", "line", *(f"exact in {k}" for k in BEAMS)]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in rows:
        cells = [row.family, str(row.count), cell(row.line), *map(cell, row.exact.values())]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
