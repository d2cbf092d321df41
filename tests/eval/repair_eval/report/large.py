"""A run of any size, drawn from a seed: what a page has to cope with."""

from __future__ import annotations

import random
from pathlib import Path

from repair_eval.judging import Judged
from repair_eval.record import Attempt, Configuration, Line, Recorded, Sample, Subject
from repair_eval.store import Store
from repair_eval.suite.vocabulary import DIFFICULTIES, FAMILIES, LANGUAGES, SHAPES

from tests.eval.repair_eval.measures.made import GIB, attempt, configuration, run, sample, subject

_NAMES = (
    "small-int4",
    "small-int8",
    "small-fp32",
    "medium-int4",
    "medium-int8",
    "medium-fp32",
    "templates",
    "hybrid",
    "hosted-7b",
    "hosted-34b",
)
_HARDWARE = {"hosted-7b": "api-small", "hosted-34b": "api-large", "hybrid": "gpu-24gb"}


def draw_run(defects: int, configurations: int, seed: int = 0) -> Recorded:
    """A run with `configurations` contestants, no-op and gold."""
    draw = random.Random(seed)
    subjects = [_subject(at, draw) for at in range(defects)]
    tried = [
        *(_contestant(at, name) for at, name in enumerate(_NAMES[:configurations])),
        configuration("noop", "control", engine="", precision=""),
        configuration("gold", "control", engine="", precision=""),
    ]
    attempts = (_attempt(one, at, each, draw) for at, one in enumerate(tried) for each in subjects)
    return Recorded(run(tried, subjects), tuple(attempts))


def write_run(path: Path, defects: int, configurations: int, seed: int = 0) -> Path:
    """The same, stored."""
    recorded = draw_run(defects, configurations, seed)
    with Store.begin(path, recorded.run) as store:
        for each in recorded.attempts:
            store.add_attempt(each)
        for each in recorded.run.subjects:
            own = (one for one in recorded.attempts if one.defect == each.id)
            answers = {answer.diff: answer for one in own for answer in one.samples}
            store.add_judgements(each.id, [(diff, _judged(one)) for diff, one in answers.items()])
    return path


def _contestant(at: int, name: str) -> Configuration:
    hosted = name.startswith("hosted")
    return configuration(
        name,
        "sampling" if hosted else "search",
        hardware=_HARDWARE.get(name, ""),
        model_bytes=None if hosted or name == "templates" else (at + 1) * 40 * 2**20,
    )


def _subject(at: int, draw: random.Random) -> Subject:
    family = draw.choice(list(FAMILIES))
    return subject(
        f"{(language := draw.choices(LANGUAGES, (8, 1, 1, 1, 1, 1))[0])}/{family}-{at}",
        language=language,
        family=family,
        difficulty=draw.choice(DIFFICULTIES),
        shape=draw.choice(SHAPES),
        fix=_diff(draw),
    )


def _diff(draw: random.Random) -> str:
    name, other = (draw.choice(["total", "index", "start", "limit", "row"]) for _ in "ab")
    at = draw.randrange(1, 200)
    return (
        f"--- a/src/module.py\n+++ b/src/module.py\n@@ -{at},3 +{at},3 @@\n"
        f" def measure_{name}(values, {other}):\n"
        f"-    return sum(values[:{other}]) - {at}\n+    return sum(values[{other}:]) + {at}\n"
        f"     # the end of {name}\n"
    )


def _attempt(one: Configuration, at: int, each: Subject, draw: random.Random) -> Attempt:
    facts = {"family": each.family, "difficulty": each.difficulty, "language": each.language}
    if one.kind == "control":
        good = one.name == "gold"
        answer = sample(plausible=good, exact=good, diff=each.fix if good else "", origin=one.name)
        return attempt(each.id, answer, configuration=one.name, seconds=0.01, **facts)
    if draw.random() < 0.004:
        error = "OSError: [Errno 28] No space left on device"
        return attempt(each.id, configuration=one.name, status="failed", error=error, **facts)
    hosted = one.kind == "sampling"
    rate = 0.15 + 0.05 * at
    answers = [_sample(rate, draw) for _ in range(10 if hosted else draw.randrange(4))]
    seconds = (at + 1) * draw.uniform(1, 12)
    verified = not hosted and any(answer.plausible for answer in answers)
    values = {
        **facts,
        "configuration": one.name,
        "seconds": seconds,
        "first_verified_seconds": seconds / 2 if verified else None,
        "output_tokens": 100 * len(answers),
        "peak_bytes": None if hosted else int((0.1 + at**2 / 8 + draw.random() / 50) * GIB),
        "suspicious": () if hosted else (Line("m.py", draw.randrange(1, 8)),),
        "joules": None if hosted or at == 2 else seconds * 30,
        "energy_source": None if hosted or at == 2 else "rapl",
    }
    if hosted:
        values |= {"prompt_tokens": 900, "prefill_seconds": 0.4, "decode_seconds": 3.0}
    return attempt(each.id, *answers, **values)


def _sample(rate: float, draw: random.Random) -> Sample:
    plausible = draw.random() < rate
    correct = plausible and draw.random() < 0.8
    well_formed = plausible or draw.random() < 0.8
    return sample(
        plausible=plausible,
        correct=correct,
        diff=_diff(draw) if well_formed else "",
        well_formed=well_formed,
        seconds=draw.uniform(0, 20),
        log_likelihood=-draw.uniform(0, 20),
        reason="" if correct else f"tests/test_module.py::test_{draw.randrange(9)}: assert 3 == 4",
    )


def _judged(answer: Sample) -> Judged:
    return Judged(
        bool(answer.plausible),
        answer.correct,
        answer.exact,
        answer.ast_same,
        answer.lines_changed,
        answer.reason,
    )
