"""The order in which patches that pass the tests are reported.

What nothing speaks against comes first, then what is suspicious, then what only silences. Among
equals the likelier one comes first, by the search's own score, which is about the logarithm of the
probability that the edit is the fix. Of equally likely ones the smaller comes first, by the tokens
and then the lines that it changes: it assumes less (Mechtaev, Yi, Roychoudhury: DirectFix: Looking
for Simple Program Repairs, ICSE 2015).

Size before likelihood, which is the more usual order, put a repair first for 23 of 32 planted bugs
that had both repairs and overfitting patches, likelihood before size for 28 (eval/bench/
overfitting.py): the smallest patches are turned operators, and those overfit the most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import NamedTuple

from repairlsp.source import SourceText
from repairlsp.types import Candidate, Caution, Edit, Grade

_TOKEN = re.compile(r"\w+|[^\w\s]")
_GRADES: Mapping[Grade | None, int] = MappingProxyType({None: 0, "suspicious": 1, "silencing": 2})


class PatchSize(NamedTuple):
    """Tokens taken away plus tokens put in, and the lines that they are on."""

    tokens: int
    lines: int


class Standing(NamedTuple):
    """Where a patch stands among others: the smallest is the best."""

    grade: int
    unlikelihood: float
    size: PatchSize
    found: int


def standing(
    candidate: Candidate,
    cautions: Sequence[Caution],
    found: int,
    sources: Callable[[str], SourceText],
) -> Standing:
    """The standing of a patch that was the `found`th to pass."""
    size = patch_size(candidate.edits, sources)
    return Standing(grade_rank(cautions), -candidate.score, size, found)


def grade_rank(cautions: Sequence[Caution]) -> int:
    """0 for a patch that nothing speaks against, more for what is worse. Gravest caution first."""
    return _GRADES[cautions[0].grade if cautions else None]


def patch_size(edits: Iterable[Edit], sources: Callable[[str], SourceText]) -> PatchSize:
    """How much a patch changes; layout does not count."""
    tokens = lines = 0
    for edit in edits:
        old = list(sources(edit.path).lines[edit.span.start - 1 : edit.span.end - 1])
        new = list(edit.lines)
        for tag, start, end, new_start, new_end in _opcodes(old, new):
            if tag != "equal":
                tokens += _changed_tokens(old[start:end], new[new_start:new_end])
                lines += max(end - start, new_end - new_start)
    return PatchSize(tokens, lines)


def _changed_tokens(old: list[str], new: list[str]) -> int:
    one, other = (_TOKEN.findall("\n".join(lines)) for lines in (old, new))
    return sum(
        end - start + new_end - new_start
        for tag, start, end, new_start, new_end in _opcodes(one, other)
        if tag != "equal"
    )


def _opcodes(one: list[str], other: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
