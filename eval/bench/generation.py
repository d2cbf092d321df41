"""How many candidates fix templates and model make per second, and how many the model scores."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bench.validation_projects import BUG, FUNCTIONS, function_context

from repairlsp.generate import model, templates
from repairlsp.generate.prompt import load
from repairlsp.models import manifest
from repairlsp.models.catalog import resolve
from repairlsp.models.client import ModelWorker
from repairlsp.source import SourceText
from repairlsp.types import RepairContext

VARIANTS = 12
"""Functions, whose texts differ from the first line on, so that no cache knows their prompts."""
SCORED = 100


class Speed(NamedTuple):
    """Candidates per second: from the start of a new process or worker to the first function's
    candidates, and for the functions after it. `candidates` of the first function."""

    what: str
    candidates: int
    cold: float
    warm: float


def functions() -> Iterator[tuple[SourceText, RepairContext]]:
    """The same buggy function under other names."""
    for number in range(VARIANTS):
        text = FUNCTIONS.replace(*BUG).replace("cost", f"cost_{number}")
        text = text.replace("amount", f"amount_{number}")
        source = SourceText.from_text(text)
        yield source, function_context(source, "module.py", f"cost_{number}")


def generation() -> list[Speed]:
    """Templates, the model's own candidates, and its scores of those of the templates."""
    return [_templates(), _model("the model's own", _suggest), _model("scored by it", _score)]


_COLD = "from bench.generation import _propose; print(_propose())"


def _propose() -> int:
    """Propose for one function, and count."""
    return sum(1 for _ in templates.propose(*next(functions())))


def _templates() -> Speed:
    started = time.perf_counter()
    folder = Path(__file__).resolve().parents[1]
    subprocess.run([sys.executable, "-c", _COLD], cwd=folder, check=True, capture_output=True)
    cold = time.perf_counter() - started
    started = time.perf_counter()
    counts = [sum(1 for _ in templates.propose(*each)) for each in functions()]
    warm = time.perf_counter() - started
    return Speed("fix templates", counts[0], counts[0] / cold, sum(counts) / warm)


Ask = Callable[[SourceText, RepairContext, ModelWorker], int]


def _model(what: str, ask: Ask) -> Speed:
    started = time.perf_counter()
    with ModelWorker(resolve(None)) as worker:
        first, *others = functions()
        count = ask(*first, worker)
        cold = time.perf_counter() - started
        started = time.perf_counter()
        later = sum(ask(*each, worker) for each in others)
        warm = time.perf_counter() - started
    return Speed(what, count, count / cold, later / warm)


def _suggest(source: SourceText, context: RepairContext, worker: ModelWorker) -> int:
    format = load(manifest.read(worker.folder).prompt_family)
    return len(model.suggest(context, worker, format))


def _score(source: SourceText, context: RepairContext, worker: ModelWorker) -> int:
    format = load(manifest.read(worker.folder).prompt_family)
    candidates = list(islice(templates.propose(source, context), SCORED))
    return len(model.score(context, candidates, worker, format))
