"""`text`: the result for a person at a terminal: what failed, where, the fix, and the proof."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from repairlsp.formats.blame import blamed
from repairlsp.formats.format import PLAIN, View
from repairlsp.formats.words import (
    all_of,
    caution,
    count,
    evidence,
    part,
    printable,
    proof,
    seconds,
    source,
    verdict,
)
from repairlsp.types import FaultLocation, Patch, RepairRequest, RepairResult, TestRun

if TYPE_CHECKING:  # rich costs 50 ms to import, which `--version` need not pay
    from rich.console import Console
    from rich.text import Text

_INDENT, _LABEL = "  ", 12  # the left column holds the longest label and a gap
_PIPE_WIDTH = 80  # what a log or a pager shows without scrolling
_FAILING, _SUSPECTS = 3, 5  # how many of each are spelled out
_VERDICT_STYLES: Mapping[str, str] = {
    "Repaired": "bold green",
    "Nothing is failing": "bold green",
    "Not repaired": "bold red",
}
_DIFF_STYLES = (
    ("diff ", "bold"),
    ("--- ", "bold"),
    ("+++ ", "bold"),
    ("@@ ", "cyan"),
    ("+", "green"),
    ("-", "red"),
    ("\\", "dim"),
)


def render(result: RepairResult, request: RepairRequest, view: View = PLAIN, /) -> str:
    """The result as lines of text, in colour if `view` says so."""
    from rich.console import Console

    console = Console(
        file=io.StringIO(),
        width=view.width or _PIPE_WIDTH,
        force_terminal=view.color,
        color_system="standard" if view.color else None,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )
    page = _Page(console, view)
    page.headline(result)
    page.failing(result)
    if result.patches:
        for patch in result.patches:
            page.patch(patch, result, request)
        page.costs(result)
        page.next_steps(result)
    elif result.status != "nothing-failing":
        page.search(result)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


class _Page:
    """Writes a result, part by part, on a console."""

    def __init__(self, console: Console, view: View) -> None:
        self._console = console
        self._view = view

    def headline(self, result: RepairResult) -> None:
        word, rest = verdict(result)
        style = _VERDICT_STYLES.get(word, "bold yellow")
        text = _text((word, style), (f": {printable(rest)}" if rest else "", ""))
        first, *others = self._wrapped(text, self._console.width - len(_INDENT))
        self._console.print(first)
        for line in others:
            self._console.print(_text((_INDENT, "")).append_text(line))
        if len(result.patches) == 1:
            self._caution(result.patches[0])

    def failing(self, result: RepairResult) -> None:
        cases = result.before.failing if result.before else ()
        if not cases:
            return
        self._console.print()
        told = ""
        for label, case in zip(_labels("failing"), cases[:_FAILING], strict=False):
            self._row(label, _text((printable(case.id), "bold")))
            if case.message and case.message != told:
                self._row("", _text((printable(case.message), "")))
            told = case.message
        if len(cases) > _FAILING:
            self._row("", _text((f"and {len(cases) - _FAILING} more", "dim")))

    def patch(self, patch: Patch, result: RepairResult, request: RepairRequest) -> None:
        if len(result.patches) > 1:
            self._console.print()
            self._console.print(_text((f"Patch {patch.rank} of {len(result.patches)}", "bold")))
            self._caution(patch)
        for label, location in zip(_labels("where"), _blamed(patch, result), strict=False):
            self._row(label, _place(location, result.before))
        self._console.print()
        self._diff(patch.diff)
        self._console.print()
        self._row("written by", _text((source(patch.source, request.model), "")))
        if patch.status == "verified":
            self._row("proved", _text((proof(patch), "green")))
        elif patch.after is not None:
            self._row("repairs", _text((part(patch), "yellow")))
        else:
            self._row("unproved", _text(("no test has checked this patch: review it", "yellow")))

    def costs(self, result: RepairResult) -> None:
        if result.status == "repaired" and result.message:  # what hindered the search, say
            self._row("note", _text((printable(result.message), "yellow")))
        self._row("took", _text((f"{seconds(result.seconds)}, {_tested(result)}", "")))

    def next_steps(self, result: RepairResult) -> None:
        best = result.patches[0]
        if self._view.applied:
            files = all_of(sorted({edit.path for edit in best.edits}))
            self._row("applied", _text((f"to {printable(files)}", "bold green")))
        elif best.status == "verified":
            self._row(
                "apply", _marked("add *--apply*, or pipe *--output-format diff* to *git apply*")
            )
        elif best.after is not None:
            self._row("apply", _marked("by hand: *--apply* writes what repairs all failing tests"))

    def search(self, result: RepairResult) -> None:
        suspects = result.locations[:_SUSPECTS]
        for label, location in zip(_labels("suspicious"), suspects, strict=False):
            self._row(label, _place(location, result.before))
        dropped = result.counts.get("rejected", 0) + result.counts.get("duplicate", 0)
        also = f", {dropped} invalid or repeated" if dropped else ""
        self._row("tried", _text((f"{_tested(result)}{also}", "")))
        self._row("took", _text((seconds(result.seconds), "")))
        time = "more time with *--max-seconds*, or " if result.counts.get("generated") else ""
        self._row("next", _marked(f"{time}say where with *--file* or *--line*"))

    def _caution(self, patch: Patch) -> None:
        """What speaks against the patch, where something does."""
        if patch.cautions:
            label = "warning" if patch.grade == "silencing" else "caution"
            self._row(label, _text((printable(caution(patch)), "bold yellow")))

    def _row(self, label: str, text: Text) -> None:
        """A labelled line; what does not fit goes on below itself, not below the label."""
        width = max(self._console.width - len(_INDENT) - _LABEL, 20)
        for line in self._wrapped(text, width):
            row = _text((_INDENT + label.ljust(_LABEL), "dim"))
            row.append_text(line)
            row.rstrip()
            self._console.print(row)
            label = ""

    def _wrapped(self, text: Text, width: int) -> Iterable[Text]:
        if self._view.width:
            return text.wrap(self._console, width, overflow="fold")
        return _broken(text, width)

    def _diff(self, diff: str) -> None:
        """The diff: byte for byte in plain output, made safe to look at in a terminal."""
        if not self._view.color:
            self._console.file.write(diff)
            return
        for line in diff.removesuffix("\n").split("\n"):
            style = next((style for start, style in _DIFF_STYLES if line.startswith(start)), "")
            self._console.print(_text((printable(line.removesuffix("\r")), style)))


def _tested(result: RepairResult) -> str:
    generated = count(result.counts.get("generated", 0), "candidate")
    return f"{result.counts.get('validated', 0)} of {generated} tested"


def _blamed(patch: Patch, result: RepairResult) -> Iterator[FaultLocation]:
    """For each edit, the most suspicious line in it: where the fault was, and how we knew."""
    return (blamed(edit.path, edit.span, result) for edit in patch.edits)


def _place(location: FaultLocation, run: TestRun | None) -> Text:
    text = _text((printable(f"{location.path}:{location.line}"), "bold"))
    if location.evidence:
        text.append(f"  {printable(evidence(location.evidence, run))}")
    return text


def _labels(first: str) -> Iterator[str]:
    """A label for the first of several rows; those below stand under it without one."""
    yield first
    yield from itertools.repeat("")


def _broken(text: Text, width: int) -> Iterator[Text]:
    """The text in lines of at most so many columns, broken at spaces alone."""
    from rich.cells import cell_len

    starts = [0]
    for word in re.finditer(r"\S+", text.plain):
        if word.start() > starts[-1] and cell_len(text.plain[starts[-1] : word.end()]) > width:
            starts.append(word.start())
    for line in text.divide(starts[1:]):
        line.rstrip()
        yield line


def _marked(text: str) -> Text:
    """Prose in which *stars* make words bold."""
    return _text(*((part, "bold" if i % 2 else "") for i, part in enumerate(text.split("*"))))


def _text(*parts: tuple[str, str]) -> Text:
    from rich.text import Text

    return Text.assemble(*parts)
