"""A patch explained in one paragraph, by nothing but the evidence: which test failed and how, which
lines are changed and why those, what the tests say now, and what speaks against the patch.

It is one line of plain text with `code` between backticks, so that a commit message, a review
comment and a page of Markdown can all have it.
"""

from __future__ import annotations

import re

from repairlsp.formats.blame import blamed
from repairlsp.formats.changes import Change, changes
from repairlsp.formats.words import caution, count, evidence, part, printable, proof, source
from repairlsp.types import FaultLocation, Patch, RepairRequest, RepairResult, TestCase

_LONGEST = 100
"""Characters of a changed line beyond which it is named by its number alone."""
_PLACES = 3
_SUBJECT = 72
"""Columns of a commit's subject, by git's own advice (git-commit, "Discussion")."""


def explanation(patch: Patch, result: RepairResult, request: RepairRequest) -> str:
    """The whole paragraph."""
    sentences = [
        _failure(asked(result, request)),
        _edit(patch, result),
        _outcome(patch),
        f"It was written by {_author(patch, request)}.",
    ]
    if patch.cautions:
        sentences.append(f"Caution: {printable(caution(patch))}.")
    return " ".join(filter(None, sentences))


def subject(patch: Patch, result: RepairResult, request: RepairRequest) -> str:
    """The patch in a line of at most 72 characters, as a commit's subject has it."""
    files = sorted({edit.path for edit in patch.edits})
    where = files[0] if len(files) == 1 else count(len(files), "file")
    name = where.rpartition("/")[2]
    if patch.status != "verified":
        lines = [f"Unverified fix in {where}", f"Unverified fix in {name}", "Unverified fix"]
    else:
        verb = "Silence" if patch.grade == "silencing" else "Fix"
        tests = asked(result, request)
        passing = (
            f"{short_name(tests[0])} passes"
            if len(tests) == 1
            else f"{count(len(tests), 'failing test')} pass"
        )
        lines = [f"{verb} {where}: {passing}", f"{verb} {name}: {passing}", f"{verb} {name}", verb]
    return next((line for line in map(printable, lines) if len(line) <= _SUBJECT), lines[-1])


def failure(case: TestCase) -> str:
    """How a test fails, as a sentence without its end."""
    said = f" with {code(case.message)}" if case.message else ""
    return f"{code(case.id)} fails{said}"


def asked(result: RepairResult, request: RepairRequest) -> tuple[TestCase, ...]:
    """The failing tests that were to be repaired."""
    failing = result.before.failing if result.before else ()
    wanted = tuple(test.rstrip("/") for test in request.tests)
    if not wanted:
        return failing
    return tuple(
        case
        for case in failing
        if any(
            case.id == test or case.id.startswith((f"{test}[", f"{test}::", f"{test}/"))
            for test in wanted
        )
    )


def short_name(case: TestCase) -> str:
    """The test without the file that it is in."""
    return case.id.rpartition("::")[2] or case.id


def code(text: str) -> str:
    """The text as a code span of Markdown, on one line (CommonMark 0.31, section 6.1)."""
    line = printable(" ".join(text.split()))
    runs = {len(run) for run in re.findall(r"`+", line)}
    fence = "`" * next(size for size in range(1, len(runs) + 2) if size not in runs)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def place(location: FaultLocation, result: RepairResult) -> str:
    """A line, and in brackets why it is suspicious."""
    why = printable(evidence(location.evidence, result.before)) if location.evidence else ""
    return f"line {location.line} of {code(location.path)}" + (f" ({why})" if why else "")


# --------------------------------------------------------------------------- sentences


def _failure(tests: tuple[TestCase, ...]) -> str:
    if not tests:
        return ""
    first = failure(tests[0])
    if len(tests) == 1:
        return f"{first}."
    others = count(len(tests) - 1, "other test")
    return f"{first}, and {others} {_verb(len(tests) - 1, 'fails', 'fail')} too."


def _edit(patch: Patch, result: RepairResult) -> str:
    places = changes(patch)
    told = [f"{_where(one, result)}{_how(one)}" for one in places[:_PLACES]]
    if len(places) > _PLACES:
        told.append(f"{count(len(places) - _PLACES, 'more place')}")
    return f"The patch changes {'; and '.join(told)}." if told else ""


def _where(change: Change, result: RepairResult) -> str:
    start, end = change.span
    if not change.before and change.is_last:
        return f"the end of {code(change.path)}"
    suspect = blamed(change.path, change.span, result)
    if end - start <= 1:
        return place(suspect, result)
    lines = f"lines {start} to {end - 1} of {code(change.path)}"
    return (
        f"{lines}, the most suspicious being {place(suspect, result)}"
        if suspect.evidence
        else lines
    )


def _how(change: Change) -> str:
    """What becomes of the lines, in their own words where those are short."""
    olds, news = len(change.before), len(change.after)
    old, new = (" ".join(lines).strip() for lines in (change.before, change.after))
    short = max(olds, news) == 1 and max(len(old), len(new)) <= _LONGEST
    if not olds:
        what = code(new) if short else count(news, "line")
        where = "there" if change.is_last else "above it"
        return f": {what} {_verb(news, 'is', 'are')} put {where}"
    if not news:
        what = code(old) if short else count(olds, "line")
        return f": {what} {_verb(olds, 'is', 'are')} taken out"
    if short:
        return f": {code(old)} becomes {code(new)}"
    return f": {count(olds, 'line')} {_verb(olds, 'becomes', 'become')} {news}"


def _verb(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


def _outcome(patch: Patch) -> str:
    if patch.status == "verified":
        return f"With it, {proof(patch)}."
    if patch.after is not None:
        return f"With it, {part(patch)}."
    if patch.satisfied:
        return f"No test has checked it; {patch.satisfied} reports the problem no more."
    return "No test has checked it."


def _author(patch: Patch, request: RepairRequest) -> str:
    name = source(patch.source, request.model)
    return f"the {name}" if name.startswith("fix template") else name
