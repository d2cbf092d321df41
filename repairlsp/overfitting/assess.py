"""Does a patch that passes the tests look like one that only silences them?

A patch that passes every test need not be a repair: of the plausible patches of three early tools,
the large majority only deleted functionality (Qi, Long, Achour, Rinard: An Analysis of Patch
Plausibility and Correctness for Generate-and-Validate Patch Generation Systems, ISSTA 2015). The
checks know the ways in which that is done. They are signs, not proofs, so they decide the order of
patches and what is said about them, and never drop one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from repairlsp.overfitting.comparison import Comparison
from repairlsp.overfitting.cut import changed
from repairlsp.overfitting.failure import Failure
from repairlsp.overfitting.registry import checks
from repairlsp.source import SourceText
from repairlsp.types import Caution, Edit


def cautions(
    path: str, before: SourceText, after: SourceText, failure: Failure
) -> tuple[Caution, ...]:
    """What speaks against the patch of one file, the gravest first; () for nothing.

    Reads the syntax trees of the changed function alone, in a millisecond or two. A file that does
    not parse, before or after, gets no caution.
    """
    pieces = changed(before.lines, after.lines)
    if pieces is None:
        return ()
    comparison = Comparison(path, pieces.old, pieces.new, failure)
    return tuple(check.caution for check in checks() if check.applies(comparison))


def cautions_of(
    edits: Iterable[Edit], sources: Callable[[str], SourceText], failure: Failure
) -> tuple[Caution, ...]:
    """What speaks against a patch of one or more files; a caution about any of them counts."""
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, []).append(edit)
    found = {
        caution
        for path, part in by_path.items()
        for caution in cautions(path, sources(path), sources(path).apply(part), failure)
    }
    return tuple(check.caution for check in checks() if check.caution in found)
