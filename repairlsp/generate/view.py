"""What the model is shown of a function: dedented, condensed, cut to a length it can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from repairlsp.context.condense import condense
from repairlsp.generate.masking import Masking
from repairlsp.generate.prompt import LineEdit, PromptFormat, line_edits
from repairlsp.types import Edit, LineSpan, RepairContext

_MAX_CHARACTERS = 1_050
"""Of code without indentation: about 350 tokens, the longest functions of the training text."""
_MARKED_SHARE = 0.4
"""Marks on more of the lines than this say nothing, and training never has more."""


@dataclass(frozen=True)
class View:
    """A context as prompt lines. `numbers[i]` is the file's line of prompt line i (from 0).

    Secrets are masked in `lines` and `message`, and come back in the edits of the file.
    """

    context: RepairContext
    indent: str
    lines: tuple[str, ...]
    numbers: tuple[int, ...]
    masking: Masking

    @classmethod
    def of(cls, context: RepairContext, format: PromptFormat) -> View:
        """The whole function where it fits, else its head and the most suspicious part."""
        indent = _indent(context.lines)
        dedented = tuple(line.removeprefix(indent).rstrip() for line in context.lines)
        condensed = condense(dedented)
        masking = Masking.of(condensed.lines)
        kept = _fitting(condensed.lines, condensed.numbers, context, format.max_lines)
        return cls(
            context,
            indent,
            tuple(masking.hide(condensed.lines[at]) for at in kept),
            tuple(context.span.start + condensed.numbers[at] for at in kept),
            masking,
        )

    @property
    def message(self) -> str:
        """The context's message, fit for a prompt."""
        return self.masking.hide(self.context.message)

    @cached_property
    def marked(self) -> frozenset[int]:
        """The clearly most suspicious prompt lines, from 1; none where that is too many."""
        suspicion = [self.context.suspiciousness.get(number, 0.0) for number in self.numbers]
        threshold = max(max(suspicion, default=0.0) * 0.7, 1e-9)
        marked = frozenset(at for at, value in enumerate(suspicion, 1) if value >= threshold)
        return marked if len(marked) <= _MARKED_SHARE * len(self.lines) else frozenset()

    def to_file(self, edit: LineEdit) -> Edit | None:
        """The edit in the file's lines; None where it would take away lines not shown."""
        if edit.start <= len(self.numbers):
            start = self.numbers[edit.start - 1]
        else:
            start = self.numbers[-1] + 1
        end = self.numbers[edit.end - 2] + 1 if edit.end > edit.start else start
        if end - start != edit.end - edit.start:
            return None
        shown = map(self.masking.show, edit.lines)
        lines = tuple(self.indent + line if line.strip() else "" for line in shown)
        return Edit(self.context.path, LineSpan(start, end), lines)

    def to_prompt(self, edits: Sequence[Edit]) -> tuple[LineEdit, ...] | None:
        """The edits in prompt lines, as small as they get; None where they reach beyond them."""
        after = list(self.lines)
        place = {number: at for at, number in enumerate(self.numbers)}
        place.setdefault(self.numbers[-1] + 1, len(self.lines))
        for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
            span = [place.get(number) for number in range(edit.span.start, edit.span.end)]
            start = place.get(edit.span.start)
            if edit.path != self.context.path or start is None or None in span:
                return None
            new = (
                self.masking.hide(line.removeprefix(self.indent).rstrip()) for line in edit.lines
            )
            after[start : start + len(span)] = new
        return line_edits(self.lines, after)


def _indent(lines: Sequence[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    return first[: len(first) - len(first.lstrip())]


def _fitting(
    lines: Sequence[str], numbers: Sequence[int], context: RepairContext, max_lines: int
) -> list[int]:
    """Indices of the lines to show: from the most suspicious one outwards, and the first."""
    suspicion = [context.suspiciousness.get(context.span.start + n, 0.0) for n in numbers[:-1]]
    centre = max(range(len(lines)), key=lambda at: suspicion[at], default=0)
    shown: set[int] = set()
    left = _MAX_CHARACTERS
    for at in [0, *sorted(range(len(lines)), key=lambda at: abs(at - centre))]:
        left -= 0 if at in shown else len(lines[at].strip())
        if left < 0 and len(shown) > 1:
            break
        shown.add(at)
        if len(shown) == max_lines:
            break
    return sorted(shown)
