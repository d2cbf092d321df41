"""Make the suite: draw functions and bugs by a seed, keep those that tests can decide."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from real_packages.sdists import fetch, unpack

from repairlsp.patches import unified_diff
from repairlsp.source import SourceText
from repairlsp.training import corpus
from synthetic.bugs import Bug
from synthetic.environment import environment
from synthetic.functions import Function, functions
from synthetic.mutators.mutant import Mutator
from synthetic.mutators.operators import TrainingOperators
from synthetic.mutators.tool import MutationTool
from synthetic.overlap import overlaps
from synthetic.packages import HERE, Package
from synthetic.survey import Survey
from synthetic.trial import Trials, UntriedError

MOST_OVERLAP = 0.5
"""Functions that share more than this with one function of the training text get no bug."""
_TRIES = 4
"""Bugs that are tried in one function before another function's turn comes."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Recipe:
    """What decides the suite, and where its making keeps what it has found out."""

    packages: Mapping[str, Package]
    training: Path
    counts: Mapping[str, int]
    seed: int
    cache: Path
    only_known: bool = False
    """Close a build that was stopped: each package ends before its first bug that was not tried."""


@dataclass
class Field:
    """One package: what is left of its functions, the last one next, and the sources of bugs whose
    turns are its own, the first one next."""

    package: Package
    functions: list[Function]
    overlap: Mapping[str, float]
    survey: Survey
    project: Path
    sources: list[str]
    environment: Path
    seed: int
    cache: Path
    only_known: bool = False


@dataclass(frozen=True)
class Harvest:
    """What came of a field. `unused` sources found no function any more."""

    bugs: list[Bug]
    functions: list[Function]
    unused: list[str]
    refusals: Counter[str]


def build(recipe: Recipe, jobs: int, say: Say) -> list[Bug]:
    """As many bugs by each source as the recipe says, the packages taking turns, each function used
    once; fewer when functions run out. Packages are independent: `jobs` of them at a time.

    The order of the result is random: its first N are a fair sample. What the recipe's cache keeps
    makes a second build of the same quick.
    """
    (recipe.cache / "build").mkdir(parents=True, exist_ok=True)
    turns = [source for source, count in recipe.counts.items() for _ in range(count)]
    Random(f"{recipe.seed}:turns").shuffle(turns)
    bugs: list[Bug] = []
    refusals: Counter[str] = Counter()
    with ExitStack() as stack:
        fields = _fields(recipe, stack, say)
        pool = stack.enter_context(ProcessPoolExecutor(jobs))
        while turns and fields:
            for at, field in enumerate(fields):
                field.sources = turns[at :: len(fields)]
            harvests = list(pool.map(harvest, fields))
            turns = [source for got in harvests for source in got.unused]
            for field, got in zip(fields, harvests, strict=True):
                field.functions = got.functions
                bugs += got.bugs
                refusals += got.refusals
            fields = [field for field in fields if field.functions]
    say("refused: " + ", ".join(f"{count} {why}" for why, count in refusals.most_common()))
    Random(f"{recipe.seed}:order").shuffle(bugs)
    return bugs


def _fields(recipe: Recipe, stack: ExitStack, say: Say) -> list[Field]:
    """All packages, less the functions that the training text knows."""
    folder = environment(HERE / "requirements.txt", recipe.cache)
    fields = []
    for package in recipe.packages.values():
        sdist = fetch(package.release, recipe.cache / "sdists")
        project = unpack(sdist, Path(stack.enter_context(TemporaryDirectory())) / "package")
        kept = _kept(package, recipe.cache).with_suffix(".survey.json")
        survey = Survey.kept(package, project, folder, kept)
        # Of several with one name, a property and its setter for example, the first.
        found = {one.id: one for one in [*functions(package.name, project, package.code)][::-1]}
        left = [*found.values()][::-1]
        Random(f"{recipe.seed}:{package.name}").shuffle(left)
        fields.append(
            Field(
                package=package,
                functions=left,
                overlap={},
                survey=survey,
                project=project,
                sources=[],
                environment=folder,
                seed=recipe.seed,
                cache=recipe.cache,
                only_known=recipe.only_known,
            )
        )
        say(f"{package.name}: {len(left)} functions, {len(survey.seconds)} tests")
    every = {one.id: one.dedented for field in fields for one in field.functions}
    overlap = _overlap(every, recipe)
    for field in fields:
        field.overlap = {one.id: overlap[one.id] for one in field.functions}
        known = [one for one in field.functions if overlap[one.id] > MOST_OVERLAP]
        field.functions = [one for one in field.functions if one not in known]
        say(f"{field.package.name}: {len(known)} functions are too much like the training text's")
    return fields


def _kept(package: Package, cache: Path) -> Path:
    return cache / "build" / f"{package.name}-{package.release.sha256[:8]}"


def _overlap(every: Mapping[str, Sequence[str]], recipe: Recipe) -> dict[str, float]:
    """What `overlaps` says, which takes two minutes, kept for the next build."""
    asked = hashlib.sha256(recipe.training.read_bytes() + repr(every).encode()).hexdigest()[:16]
    file = recipe.cache / "build" / f"overlap-{asked}.json"
    if not file.is_file():
        text = (function.lines for function in corpus.load(recipe.training))
        file.write_text(json.dumps(overlaps(every, text)), "utf-8")
    known: dict[str, float] = json.loads(file.read_text("utf-8"))
    return known


def harvest(field: Field) -> Harvest:
    """Bugs for the field's turns, one in a function. `build` runs it in a process of its own."""
    bugs: list[Bug] = []
    refusals: Counter[str] = Counter()
    waiting, left = list(field.sources), list(field.functions)
    log = _kept(field.package, field.cache).with_suffix(".jsonl")
    trials = Trials(field.package, field.project, field.environment, log, field.only_known)
    with ExitStack() as stack:
        mutators: dict[str, Mutator] = {"operators": TrainingOperators()}
        for tool in {"mutmut", "cosmic-ray"} & set(waiting):
            mutators[tool] = stack.enter_context(MutationTool(tool, field.cache))
        while waiting and left:
            source, function = waiting[0], left.pop()
            rng = Random(f"{field.seed}:{source}:{function.id}")
            try:
                bug = _bug(function, field, trials, source, mutators[source], rng, refusals)
            except UntriedError:
                return Harvest(bugs, [], [], refusals)
            if bug is not None:
                del waiting[0]
                bugs.append(bug)
                print(f"{bug.id}: {bug.operator} by {source}, {len(bug.failing)} fail", flush=True)
    return Harvest(bugs, left, waiting, refusals)


def _bug(
    function: Function,
    field: Field,
    trials: Trials,
    source: str,
    mutator: Mutator,
    rng: Random,
    refusals: Counter[str],
) -> Bug | None:
    """The first of a few mutants of the function that its tests can decide."""
    text = SourceText.from_bytes((field.project / function.path).read_bytes())
    for mutant in islice(mutator.mutants(function.dedented, rng), _TRIES):
        edits = function.edits(mutant.lines)
        diff = unified_diff(function.path, text, text.apply(edits))
        for tests in field.survey.tests_for(function.touched(edits)):
            verdict = trials.verdict(function.path, diff, tests)
            if not verdict.refused:
                return Bug(
                    id=function.id,
                    package=function.package,
                    path=function.path,
                    function=function.name,
                    source=source,
                    operator=mutant.operator,
                    family=mutant.family,
                    tests=tests,
                    failing=verdict.failing,
                    seconds=verdict.seconds,
                    overlap=round(field.overlap[function.id], 3),
                    diff=diff,
                )
            refusals[_kind(verdict.refused)] += 1
            if not verdict.refused.startswith("original"):
                break  # fewer of the tests would not say more
    return None


def _kind(refusal: str) -> str:
    """The refusal without its figures and names."""
    return " ".join(word for word in refusal.split()[:4] if word.isalpha())
