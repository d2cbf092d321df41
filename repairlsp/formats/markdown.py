"""`markdown`: the result as a page, for a job summary, a comment or a pull request's text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repairlsp.formats.explanation import asked, code, explanation, failure, place
from repairlsp.formats.format import PLAIN, View
from repairlsp.formats.words import count, printable, seconds, verdict
from repairlsp.types import Patch, RepairRequest, RepairResult

_TESTS, _SUSPECTS = 10, 5


def render(result: RepairResult, request: RepairRequest, view: View = PLAIN, /) -> str:
    """The page. What the project says (names, messages, code) stands in code spans and blocks."""
    return "\n\n".join(_blocks(result, request)) + "\n"


def _blocks(result: RepairResult, request: RepairRequest) -> Iterator[str]:
    word, rest = verdict(result)
    if result.patches or result.message:  # names and messages are the project's
        rest = code(rest)
    yield f"### {word}: {rest}" if rest else f"### {word}"
    for patch in result.patches:
        if len(result.patches) > 1:
            yield f"#### Patch {patch.rank} of {len(result.patches)}"
        yield from _patch(patch, result, request)
    if result.patches and result.status == "repaired" and result.message:
        yield f"Note: {code(result.message)}"
    tests = asked(result, request)
    if tests and not (result.patches and len(tests) == 1):
        yield _folded("Failing tests", [failure(case) for case in tests], _TESTS)
    if not result.patches and result.locations:
        yield _folded(
            "Suspicious lines", [_cap(place(one, result)) for one in result.locations], _SUSPECTS
        )
    yield _costs(result)


def _patch(patch: Patch, result: RepairResult, request: RepairRequest) -> Iterator[str]:
    yield explanation(patch, result, request)
    yield block(patch.diff, "diff")


def block(text: str, language: str = "") -> str:
    """The text as a fenced code block that nothing in it can end (CommonMark 0.31, section 4.5)."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    lines = (printable(line.removesuffix("\r")) for line in text.removesuffix("\n").split("\n"))
    return "\n".join([fence + language, *lines, fence])


def _folded(title: str, items: list[str], limit: int) -> str:
    listed = [f"- {item}" for item in items[:limit]]
    if len(items) > limit:
        listed.append(f"- and {len(items) - limit} more")
    return "\n".join([f"**{title}**", "", *listed])


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def _costs(result: RepairResult) -> str:
    if result.status == "nothing-failing":
        return f"Took {seconds(result.seconds)}."
    generated = count(result.counts.get("generated", 0), "candidate")
    tested = result.counts.get("validated", 0)
    return f"Took {seconds(result.seconds)}, {tested} of {generated} tested."
