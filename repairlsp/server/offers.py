"""Which fixes are offered at a place of a document. Nothing is computed and nothing is read.

An editor asks on every cursor move, so this looks at the one open document and the diagnostics
that came with the question, and at nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from lsprotocol import types

from repairlsp.server.capabilities import FAILING_TEST, QUICK_FIX, REWRITE, SOURCE
from repairlsp.server.documents import Document
from repairlsp.server.functions import enclosing_function
from repairlsp.server.targets import Finding, Lines, Target
from repairlsp.server.testfunctions import function_of, is_test_file

MAX_QUICK_FIXES = 10
"""More than anybody reads in a menu; a selection of the whole file may hold thousands."""

_TITLE_CHARACTERS = 60


class Offer(NamedTuple):
    """A fix that could be tried. `disabled` says why it cannot be tried here.

    `test` is the argument of the command that fixes a failing test, `several` asks for more than
    one fix to choose from.
    """

    title: str
    kind: str
    target: Target
    diagnostic: types.Diagnostic | None = None
    disabled: str = ""
    test: dict[str, Any] | None = None
    several: bool = False


def offers(
    document: Document,
    span: types.Range,
    context: types.CodeActionContext,
    *,
    is_cell: bool = False,
) -> list[Offer]:
    """The offers for `span`, quick fixes first, as far as the client wants to hear of them.

    `is_cell`: the document is a notebook's cell, which is short enough to be rewritten as a whole.
    """
    wanted = context.only or None  # an empty list is taken as no wish: no client means "nothing"
    found: list[Offer] = []
    if _wants(wanted, QUICK_FIX):
        found.extend(_quick_fixes(document, span, context.diagnostics))
    # Unasked (the light bulb), only what is wrong is offered; a rewrite is for those who ask.
    automatic = context.trigger_kind == types.CodeActionTriggerKind.Automatic
    if _wants(wanted, REWRITE) and not (automatic and wanted is None):
        rewrite = _rewrite(document, span, is_cell)
        # To the menu of everything, what cannot be done is only clutter.
        if not rewrite.disabled or wanted is not None:
            found.append(rewrite)
    if not automatic and (several := _several(found)):
        found.append(several)
    return found


def _several(found: Sequence[Offer]) -> Offer | None:
    """Once per menu, for its first fix: all of them would only make it longer."""
    first = next((each for each in found if not each.disabled and each.test is None), None)
    return first._replace(title="Show other fixes", several=True) if first else None


def _wants(wanted: Sequence[str] | None, kind: str) -> bool:
    """Whether a kind is among the wanted ones. Kinds are hierarchical: `refactor` wants all below.

    >>> _wants(["refactor"], "refactor.rewrite.repairlsp"), _wants(["ref"], "refactor.rewrite")
    (True, False)
    """
    if wanted is None:
        return True
    return any(each == "" or kind == each or kind.startswith(each + ".") for each in wanted)


def _quick_fixes(
    document: Document, span: types.Range, diagnostics: Sequence[types.Diagnostic]
) -> Iterator[Offer]:
    asked = _touched(span)
    seen: set[Target] = set()
    for diagnostic in diagnostics:
        lines = _touched(diagnostic.range)
        if lines.start >= asked.end or asked.start >= lines.end or len(seen) >= MAX_QUICK_FIXES:
            continue
        if test := _failing_test(diagnostic):
            title = f"Fix failing test {_shorten(function_of(test) or test)}"
            target = Target(document.uri, document.version, lines)
            argument = {"uri": document.uri, "test": test}
            yield Offer(title, QUICK_FIX, target, diagnostic, test=argument)
            continue
        code = "" if diagnostic.code is None else str(diagnostic.code)
        message = _one_line(diagnostic.message)
        finding = Finding(lines, message, diagnostic.source or "", code)
        target = Target(document.uri, document.version, lines, finding)
        if message and target not in seen:
            seen.add(target)
            yield Offer(f"Fix this bug: {_shorten(message)}", QUICK_FIX, target, diagnostic)


def _failing_test(diagnostic: types.Diagnostic) -> str:
    """The test's id, for a diagnostic of our own that says that it fails."""
    data = diagnostic.data
    if diagnostic.source == SOURCE and diagnostic.code == FAILING_TEST and isinstance(data, dict):
        return str(data.get("test", ""))
    return ""


def _rewrite(document: Document, span: types.Range, is_cell: bool) -> Offer:
    """The fix of the selected lines or, where none are, of the function at the cursor."""
    lines = _touched(span)
    if span.start != span.end:
        target = Target(document.uri, document.version, lines)
        count = lines.end - lines.start
        where = "the selected lines" if count > 1 else "the selected line"
        return Offer(f"Fix this bug in {where}", REWRITE, target)
    if document.language != "python":
        # Its function is looked for by the grammar, once this is chosen.
        target = Target(document.uri, document.version, lines)
        return Offer("Fix this bug at the cursor", REWRITE, target)
    function = enclosing_function(document.lines, span.start.line)
    if function is not None and is_test_file(document.uri) and function.name.startswith("test"):
        target = Target(document.uri, document.version, Lines(function.start, function.end))
        argument = {"uri": document.uri, "line": function.start}
        return Offer(f"Fix failing test {function.name}", REWRITE, target, test=argument)
    if function is None and is_cell:
        target = Target(document.uri, document.version, Lines(0, max(len(document.lines), 1)))
        return Offer("Fix this bug in this cell", REWRITE, target)
    if function is None:
        target = Target(document.uri, document.version, lines)
        reason = "there is no function at the cursor; select the lines to fix"
        return Offer("Fix this bug", REWRITE, target, disabled=reason)
    target = Target(document.uri, document.version, Lines(function.start, function.end))
    return Offer(f"Fix this bug in {_shorten(function.name)}()", REWRITE, target)


def _touched(span: types.Range) -> Lines:
    """The lines that a range touches; one that ends at a line's start does not touch that line."""
    end = span.end.line + (span.end.character > 0)
    return Lines(span.start.line, max(end, span.start.line + 1))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shorten(text: str) -> str:
    return text if len(text) <= _TITLE_CHARACTERS else text[: _TITLE_CHARACTERS - 1] + "…"
