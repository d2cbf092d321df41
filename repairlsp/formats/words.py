"""How results are put in words, for people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from repairlsp.types import Patch, RepairResult, TestRun

# C0 and C1 controls (a test's message may hold an escape sequence that would reach the terminal)
# and the marks that reorder text, which can make a diff read other than it is (CVE-2021-42574).
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with everything that could steer a terminal spelled as an escape, tabs excepted."""
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def count(number: int, noun: str) -> str:
    """`1 test`, `2 tests`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def seconds(value: float) -> str:
    """A duration: `0.4 s`, `12 s`, `2 min 5 s`."""
    if value < 10:
        return f"{value:.1f} s"
    whole = round(value)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"


def all_of(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def verdict(result: RepairResult) -> tuple[str, str]:
    """The result in a word or two, and the rest of the sentence (it may be empty)."""
    run = result.before
    match result.status:
        case "repaired":
            silenced = result.patches[0].grade == "silencing"
            return ("Most likely only silenced" if silenced else "Repaired"), _files(result)
        case "nothing-failing":
            passed = count(len(run.passing) if run else 0, "test")
            return "Nothing is failing", result.message or f"{passed} passed"
        case "suggested" if result.patches[0].after is not None:
            return "Partly repaired", _files(result)
        case "suggested":
            return "Suggested", result.message or "no test has checked this"
        case "not-repaired":
            failing = count(len(run.failing) if run else 0, "failing test")
            return "Not repaired", result.message or f"{failing}, no verified patch"


def _files(result: RepairResult) -> str:
    return all_of(sorted({edit.path for edit in result.patches[0].edits}))


def caution(patch: Patch) -> str:
    """What speaks against a patch: its gravest cautions, and what to make of them."""
    reasons = all_of([one.reason for one in patch.cautions if one.grade == patch.grade])
    if patch.grade == "silencing":
        return f"this patch {reasons}: the tests pass, the fault is most likely still there"
    return f"this patch {reasons}: look twice"


def evidence(text: str, run: TestRun | None) -> str:
    """Evidence against a line, with "the failing test" for its name, which stands above."""
    names = sorted((case.id for case in run.failing), key=len, reverse=True) if run else []
    which = "the" if len(names) == 1 else "a"
    for name in names:  # the longest first: one may be the start of another
        text = text.replace(name, f"{which} failing test")
    return text


def source(source: str, model: str | None) -> str:
    """Who wrote a patch: `the embedded model`, `fix template: off by one`."""
    kind, _, name = source.partition(":")
    if kind == "template":
        return f"fix template: {name.replace('-', ' ').replace('_', ' ')}"
    if kind == "endpoint":
        return "the model behind the endpoint"
    return f"the model {model}" if model else "the embedded model"


def part(patch: Patch) -> str:
    """What a patch does that repairs some of the failing tests."""
    assert patch.before is not None and patch.after is not None
    repaired = patch.before.failed - patch.after.failed
    tests = f"{repaired} of {count(patch.before.failed, 'failing test')}"
    return f"{tests}, none broke, run twice; the others still fail"


def proof(patch: Patch) -> str:
    """What a verified patch was seen to do: which tests changed, which did not."""
    before, after = patch.before, patch.after
    if before is None or after is None:
        return "the test command passes, run twice"
    fixed = before.failed - after.failed
    if after.failed:
        return f"{fixed} of {count(before.failed, 'failing test')} pass, none broke, run twice"
    if after.passed != before.passed + before.failed:  # a failed import had hidden tests
        return f"all {count(after.passed, 'test')} pass, run twice"
    verb = "passes" if fixed == 1 else "pass"
    parts = [f"{count(fixed, 'failing test')} {verb}"]
    if before.passed:
        still = (
            "1 other still passes" if before.passed == 1 else f"{before.passed} others still pass"
        )
        parts.append(still)
    return ", ".join([*parts, "run twice"])
