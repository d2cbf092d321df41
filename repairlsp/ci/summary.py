"""The report as a page of Markdown: for a terminal, a job's summary, a pull request's text.

Whatever the project says (names, messages, code) stands in code spans and blocks, where it cannot
mention anybody, link anywhere or close an issue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from repairlsp.ci.types import Culprit, Failure, Fix, Report, Unfixed
from repairlsp.formats.explanation import code, explanation, failure, place, subject
from repairlsp.formats.markdown import block
from repairlsp.formats.words import count, seconds

_LISTED: Final = 20
_SUSPECTS: Final = 5


def title(report: Report) -> str:
    """A line that says what the fixes do, for a pull request; there must be one."""
    if len(report.fixes) == 1:
        fix = report.fixes[0]
        return subject(fix.patch, fix.result, fix.request)
    tests = sum(len(fix.tests) for fix in report.fixes)
    return f"Fix {count(tests, 'failing test')} in {len(report.fixes)} patches"


def headline(report: Report) -> str:
    """The outcome in a sentence without its end."""
    repaired = sum(len(fix.tests) for fix in report.fixes)
    left = sum(len(group.tests) for group in report.unfixed)
    match report.status:
        case "nothing-failing" if report.failures:
            return (
                f"Nothing to repair: {count(report.passed, 'test')} passed, {_left_alone(report)}"
            )
        case "nothing-failing":
            return f"Nothing is failing: {count(report.passed, 'test')} passed"
        case "repaired":
            return f"Repaired: {count(repaired, 'failing test')}, {_patches(report)}"
        case "partly-repaired":
            return f"Partly repaired: {repaired} of {count(repaired + left, 'failing test')}"
        case "not-repaired":
            return f"Not repaired: {count(left, 'failing test')}, no verified patch"


def summary(report: Report) -> str:
    """The whole page, the same for the same outcome."""
    return "\n\n".join(_blocks(report)) + "\n"


def costs(report: Report) -> str:
    """What it took, as the page's last line."""
    return f"\nTook {seconds(report.seconds)}.\n"


def _blocks(report: Report) -> Iterator[str]:
    yield f"### {headline(report)}"
    yield _compared(report)
    for fix in report.fixes:
        yield from _fix(fix, report)
    for group in report.unfixed:
        yield from _unfixed(group)
    for name, found in (
        ("Fails at the base commit too", report.of_kind("old")),
        ("Flaky, and left alone", report.of_kind("flaky")),
    ):
        if found:
            yield _list(name, [_failing(each) for each in found])
    if report.notes:
        yield _list("Notes", [code(note) for note in report.notes])


def _compared(report: Report) -> str:
    base = f", compared with {code(report.base[:12])}" if report.base else ""
    kinds = [
        f"{len(found)} {kind}"
        for kind in ("new", "old", "flaky")
        if (found := [each for each in report.failures if each.kind == kind])
    ]
    failing = f"{count(len(report.failures), 'test')} failed ({', '.join(kinds)})" if kinds else ""
    told = f": {failing}, {report.passed} passed." if failing else "."
    return f"Commit {code(report.commit[:12])}{base}{told}"


def _fix(fix: Fix, report: Report) -> Iterator[str]:
    yield f"#### {code(subject(fix.patch, fix.result, fix.request))}"
    yield explanation(fix.patch, fix.result, fix.request) + _since(fix.culprit)
    yield block(fix.patch.diff, "diff")
    if len(fix.tests) > 1:
        yield _list("Passes with it", [code(test) for test in fix.tests])


def _unfixed(group: Unfixed) -> Iterator[str]:
    first = code(_short(group.tests[0]))
    more = f" and {len(group.tests) - 1} more" if group.tests[1:] else ""
    yield f"#### Not repaired: {first}{more}"
    cases = (
        [] if group.result is None or group.result.before is None else group.result.before.failing
    )
    told = [failure(case) for case in cases if case.id in group.tests]
    yield _list("Failing", told or [code(test) for test in group.tests])
    yield f"No verified patch: {group.reason}.{_since(group.culprit)}"
    if group.result and group.result.locations:
        suspects = group.result.locations[:_SUSPECTS]
        yield _list("Suspicious lines", [place(one, group.result) for one in suspects])
    if group.idea:
        yield "The best idea, **not verified**:"
        yield block(group.idea.diff, "diff")


def _short(test: str) -> str:
    """A test's id without the file that it is in."""
    return test.rpartition("::")[2] or test


def _since(culprit: Culprit | None) -> str:
    if culprit is None:
        return ""
    return f" Broken by {code(culprit.commit[:12])}, {code(culprit.subject)}."


def _failing(each: Failure) -> str:
    return f"{failure(each.case)}: {each.reason}"


def _left_alone(report: Report) -> str:
    kinds = (("failed before", report.of_kind("old")), ("flaky", report.of_kind("flaky")))
    return ", ".join(f"{len(found)} {told}" for told, found in kinds if found)


def _patches(report: Report) -> str:
    return "1 verified patch" if len(report.fixes) == 1 else f"{len(report.fixes)} verified patches"


def _list(name: str, items: Sequence[str]) -> str:
    lines = [f"- {item}" for item in items[:_LISTED]]
    if len(items) > _LISTED:
        lines.append(f"- and {len(items) - _LISTED} more")
    return "\n".join([f"**{name}**", "", *lines])
