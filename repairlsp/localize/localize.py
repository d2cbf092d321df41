"""All the evidence about a failing run, gathered and combined."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from repairlsp.errors import RepairlspError
from repairlsp.localize.constants import constant_evidence
from repairlsp.localize.evidence import Evidence, combine
from repairlsp.localize.formulas import FORMULAS
from repairlsp.localize.history import changed_lines, history_evidence
from repairlsp.localize.mentions import mention_evidence
from repairlsp.localize.modules import Modules
from repairlsp.localize.outline import Outlines
from repairlsp.localize.spectrum import spectra, spectrum_evidence
from repairlsp.localize.spread import spread
from repairlsp.localize.traceback import traceback_evidence
from repairlsp.localize.weights import WEIGHTS, Weights
from repairlsp.source import SourceText
from repairlsp.types import Coverage, Diagnostic, FaultLocation, SpectrumFormula, TestRun

_log = logging.getLogger(__name__)


def localize(
    run: TestRun,
    coverage: Coverage,
    sources: Callable[[str], SourceText],
    *,
    is_test: Callable[[str], bool],
    diagnostics: Sequence[Diagnostic] = (),
    lines: Sequence[tuple[str, int]] = (),
    files: Sequence[str] = (),
    spectrum: SpectrumFormula = "ochiai",
    project: Path | None = None,
    weights: Weights = WEIGHTS,
) -> tuple[FaultLocation, ...]:
    """The suspicious lines, most suspicious first.

    `sources` reads a file of the project and raises an error of ours or OSError where it cannot;
    nothing in such a file is accused. Tests (`is_test`) and what is not Python never are. `files`
    (files or folders) and the files of `lines` narrow the search: locations elsewhere are left out.

    Evidence comes from the user's lines, diagnostics, tracebacks, the spectrum of per-test
    coverage, the names in the failing tests, constants that accused lines read and, where
    `project` says where to ask git, what was changed lately. Any of them may be missing;
    `evidence.combine` says how they add up. `spectrum` names the formula.
    """

    def read(path: str) -> SourceText | None:
        try:
            return sources(path)
        except (RepairlspError, OSError) as error:
            _log.info("%s is left out of the search: %s", path, error)
            return None

    outlines = Outlines(read)
    modules = Modules(outlines)
    found = [
        *_user_evidence(lines, outlines, weights),
        *_diagnostic_evidence(diagnostics, outlines, weights),
        *traceback_evidence(run, coverage, is_test, outlines, weights),
        *mention_evidence(run, coverage, is_test, outlines, modules, weights),
    ]
    if spectrum != "none":
        counted = spectra(run, coverage, FORMULAS[spectrum])
        found.extend(spectrum_evidence(counted, outlines, weights))
    found.extend(constant_evidence(found, outlines, modules, weights))
    if project is not None:
        found.extend(_history(project, found, sources, is_test, outlines, weights))
    wanted = (*files, *(path for path, _ in lines))
    found.extend(_asked_for(wanted, found, outlines, weights))
    return combine(
        piece
        for piece in found
        # Doctests execute lines of text files.
        if piece.path.endswith(".py") and not is_test(piece.path) and _within(piece.path, wanted)
    )


def _history(
    project: Path,
    found: Sequence[Evidence],
    sources: Callable[[str], SourceText],
    is_test: Callable[[str], bool],
    outlines: Outlines,
    weights: Weights,
) -> list[Evidence]:
    paths = dict.fromkeys(
        piece.path
        for piece in found
        if outlines.get(piece.path) is not None and not is_test(piece.path)
    )
    changes = changed_lines(project, {path: sources(path) for path in paths})
    return list(history_evidence(changes, found, outlines, weights))


def _user_evidence(
    lines: Sequence[tuple[str, int]], outlines: Outlines, weights: Weights
) -> Iterator[Evidence]:
    for path, line in lines:
        piece = Evidence(path, line, "user", weights.user, "named by the user")
        yield from spread(piece, outlines.get(path), None, weights)


def _diagnostic_evidence(
    diagnostics: Sequence[Diagnostic], outlines: Outlines, weights: Weights
) -> Iterator[Evidence]:
    for diagnostic in diagnostics:
        reason = f"{diagnostic.source or 'diagnostic'}: {diagnostic.message}"
        start, end = diagnostic.span
        for line in range(start, max(end, start + 1)):
            piece = Evidence(diagnostic.path, line, "diagnostic", weights.diagnostic, reason)
            yield from spread(piece, outlines.get(diagnostic.path), None, weights)


def _asked_for(
    wanted: Sequence[str], found: Sequence[Evidence], outlines: Outlines, weights: Weights
) -> Iterator[Evidence]:
    accused = {piece.path for piece in found}
    for path in dict.fromkeys(wanted):
        outline = None if path in accused else outlines.get(path)
        if outline is None:
            continue
        for line in range(1, outline.line_count + 1):
            if outline.runs_in_call(line):
                yield Evidence(path, line, "user", weights.asked_for, "in a file named by the user")


def _within(path: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(
        path == place or path.startswith(place.rstrip("/") + "/") or place in ("", ".")
        for place in wanted
    )
