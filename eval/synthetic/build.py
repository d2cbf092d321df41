"""Make the suite: draw functions and bugs by a seed, keep those that tests can decide."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from synthetic.trial import Trials

MOST_OVERLAP = 0.5
"""Functions that share more than this with one function of the training text get no bug."""
_TRIES = 4
"""Bugs that are tried in one function before another function's turn comes."""

Say = Callable[[str], None]


@dataclass
class _Field:
    """One package with what is left of its functions, in the order of their turns."""

    package: Package
    functions: list[Function]
    survey: Survey
    trials: Trials
    project: Path


def build(
    packages: Mapping[str, Package],
    training: Path,
    counts: Mapping[str, int],
    seed: int,
    cache: Path,
    say: Say,
) -> list[Bug]:
    """`counts` bugs by each source, the packages taking turns, each function used once.

    `training` is the text that `repairlsp train corpus` wrote. The order of the result is random:
    its first N are a fair sample. What `cache` keeps makes a second build of the same quick.
    """
    with ExitStack() as stack:
        mutators: dict[str, Mutator] = {"operators": TrainingOperators()}
        cache.mkdir(parents=True, exist_ok=True)
        for tool in ("mutmut", "cosmic-ray"):
            mutators[tool] = stack.enter_context(MutationTool(tool, cache))
        fields, overlap = _fields(packages, training, seed, cache, stack, say)
        turns = [source for source, count in counts.items() for _ in range(count)]
        Random(f"{seed}:turns").shuffle(turns)
        bugs = list(_bugs(turns, fields, mutators, overlap, seed, say))
    Random(f"{seed}:order").shuffle(bugs)
    return bugs


def _fields(
    packages: Mapping[str, Package],
    training: Path,
    seed: int,
    cache: Path,
    stack: ExitStack,
    say: Say,
) -> tuple[list[_Field], dict[str, float]]:
    folder = environment(HERE / "requirements.txt", cache)
    fields = []
    for package in packages.values():
        name = f"{package.name}-{package.release.sha256[:8]}"
        work = cache / "build" / name
        work.parent.mkdir(exist_ok=True)
        sdist = fetch(package.release, cache / "sdists")
        project = unpack(sdist, Path(stack.enter_context(TemporaryDirectory())) / "package")
        trials = Trials(package, project, folder, work.with_suffix(".jsonl"))
        survey = Survey.kept(package, project, folder, work.with_suffix(".survey.json"))
        # Of several with one name, a property and its setter for example, the first.
        by_id = {one.id: one for one in [*functions(package.name, project, package.code)][::-1]}
        found = [*by_id.values()][::-1]
        Random(f"{seed}:{package.name}").shuffle(found)
        fields.append(_Field(package, found, survey, trials, project))
        say(f"{package.name}: {len(found)} functions, {len(survey.seconds)} tests")
    every = {function.id: function.dedented for field in fields for function in field.functions}
    overlap = _overlap(every, training, cache / "build")
    for field in fields:
        kept = [one for one in field.functions if overlap[one.id] <= MOST_OVERLAP]
        known = len(field.functions) - len(kept)
        say(f"{field.package.name}: {known} functions are too much like one of the training text")
        field.functions = kept
    return fields, overlap


def _overlap(every: Mapping[str, Sequence[str]], training: Path, folder: Path) -> dict[str, float]:
    """What `overlaps` says, which takes two minutes, kept for the next build."""
    asked = hashlib.sha256(training.read_bytes() + repr(every).encode()).hexdigest()[:16]
    file = folder / f"overlap-{asked}.json"
    if not file.is_file():
        text = (function.lines for function in corpus.load(training))
        file.write_text(json.dumps(overlaps(every, text)), "utf-8")
    known: dict[str, float] = json.loads(file.read_text("utf-8"))
    return known


def _bugs(
    turns: list[str],
    fields: list[_Field],
    mutators: Mapping[str, Mutator],
    overlap: Mapping[str, float],
    seed: int,
    say: Say,
) -> Iterator[Bug]:
    """One bug for each turn, as long as there are functions left."""
    refusals: Counter[str] = Counter()
    waiting = list(fields)
    for number, source in enumerate(turns, 1):
        bug = None
        while bug is None and waiting:
            field = waiting.pop(0)
            while bug is None and field.functions:
                function = field.functions.pop()
                rng = Random(f"{seed}:{source}:{function.id}")
                bug = _bug(function, field, source, mutators[source], overlap, rng, refusals)
            if field.functions:
                waiting.append(field)
        if bug is None:
            say(f"no functions are left after {number - 1} bugs")
            return
        say(f"{number}: {bug.id}, {bug.operator} by {source}, {len(bug.failing)} tests fail")
        yield bug
    say("refused: " + ", ".join(f"{count} {why}" for why, count in refusals.most_common()))


def _bug(
    function: Function,
    field: _Field,
    source: str,
    mutator: Mutator,
    overlap: Mapping[str, float],
    rng: Random,
    refusals: Counter[str],
) -> Bug | None:
    text = SourceText.from_bytes((field.project / function.path).read_bytes())
    for mutant in islice(mutator.mutants(function.dedented, rng), _TRIES):
        edits = function.edits(mutant.lines)
        diff = unified_diff(function.path, text, text.apply(edits))
        for tests in field.survey.tests_for(function.touched(edits)):
            verdict = field.trials.verdict(function.path, diff, tests)
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
                    overlap=round(overlap[function.id], 3),
                    diff=diff,
                )
            refusals[_kind(verdict.refused)] += 1
            if not verdict.refused.startswith("original"):
                break  # fewer of the tests would not say more
    return None


def _kind(refusal: str) -> str:
    """The refusal without its figures and names."""
    return " ".join(word for word in refusal.split()[:4] if word.isalpha())
