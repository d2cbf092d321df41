"""What can be said of a candidate without running it: does it compile, does it change anything,
does it try to fool the tests, is it the same program as another candidate?

Only the top-level statements that an edit touches are looked at: parsing and dumping the whole of
a 5,000-line file takes a third of a second, and there are thousands of candidates.
"""

from __future__ import annotations

import ast
import hashlib
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from repairlsp.source import SourceText
from repairlsp.validate.tampering import added_tampering

# What parsing, compiling or dumping raises for text that no one should run.
_UNFIT = (SyntaxError, ValueError, RecursionError, MemoryError)


def static_reject(
    source: SourceText,
    edited: SourceText,
    path: str,
    version: tuple[int, int] | None = None,
) -> str | None:
    """Why `edited` need not be tried in place of `source`; None when it may be.

    `version` is that of the interpreter which will run it. Where it is newer than ours and we
    cannot read `source` either, we cannot judge the syntax and let the tests do it.
    """
    if source.lines == edited.lines:
        return "the edit changes nothing"
    region = _changed_region(source, edited)
    try:
        after = _parse(region.after)
        _compile(after, path)
    except _UNFIT as error:
        newer = version is not None and version > sys.version_info[:2]
        if newer and _blocks(source) is None:
            return None
        text = error.msg if isinstance(error, SyntaxError) else str(error)
        return f"{path} would not compile: {type(error).__name__}: {text}"
    try:
        before = _parse(region.before)
        if ast.dump(before) == ast.dump(after):
            return "the edit changes nothing that Python sees"
    except _UNFIT:
        before = ast.Module([], [])  # it repairs a syntax error
    return added_tampering(before, after)


def fingerprint(source: SourceText, edited: SourceText) -> str:
    """Equal for two edits of one source that make the same syntax tree of it; comments, line ends
    and layout do not count. Text that does not parse is compared as text."""
    region = _changed_region(source, edited)
    try:
        content = ast.dump(_parse(region.after))
    except _UNFIT:
        content = region.after
    return hashlib.sha256(f"{region.start}\0{content}".encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class _Region:
    """The whole top-level statements around a change; `start` counts source lines from 0."""

    start: int
    before: str
    after: str


def _changed_region(source: SourceText, edited: SourceText) -> _Region:
    old, new = source.lines, edited.lines
    first = _common(old, new)
    tail = min(_common(old[::-1], new[::-1]), len(old) - first, len(new) - first)
    last = len(old) - tail
    blocks = _blocks(source)
    if blocks is None:
        start, end = 0, len(old)
    else:
        # A change right after a statement may become a part of it.
        touched = [block for block in blocks if block[0] <= last and block[1] >= first]
        start = min([first, *(block[0] for block in touched)])
        end = max([last, *(block[1] for block in touched)])
    return _Region(
        start,
        "\n".join(old[start:end]),
        "\n".join(new[start : end + len(new) - len(old)]),
    )


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items two sequences have in common from the start."""
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))


@lru_cache(maxsize=16)
def _blocks(source: SourceText) -> tuple[tuple[int, int], ...] | None:
    """The lines of each top-level statement, from 0 and half-open; None for a syntax error."""
    try:
        module = _parse("\n".join(source.lines))
    except _UNFIT:
        return None
    return tuple(
        (
            min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))]) - 1,
            node.end_lineno or node.lineno,
        )
        for node in module.body
    )


@lru_cache(maxsize=8)  # the filter and the fingerprint parse the same text; trees are large
def _parse(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid escape in the user's code is not our topic
        return ast.parse(text)


def _compile(module: ast.Module, path: str) -> None:
    """Beyond the grammar: `return` outside a function, two arguments of one name and the like."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(module, path, "exec", dont_inherit=True)
