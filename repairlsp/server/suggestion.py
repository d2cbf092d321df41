"""From the engine's result to what the editor gets: an edit that says whether it was proved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lsprotocol import types

from repairlsp.server.asking import Question
from repairlsp.server.client import Client
from repairlsp.server.edits import text_edits
from repairlsp.server.scene import Base
from repairlsp.types import Patch, RepairResult

_ANNOTATION = "repairlsp"


@dataclass(frozen=True)
class Fix:
    """An edit of one document, and what proves it, in a few words that follow "this fix is"."""

    edit: types.WorkspaceEdit
    preferred: bool
    """Proved, and nothing speaks against it."""
    proof: str
    remark: str
    """Why it was not proved, where that is known."""
    tests: tuple[str, ...]
    """The ids of the tests that failed before and pass with it: none where it is not verified."""


@dataclass(frozen=True)
class NoFix:
    """Why there is no fix: what was tried, for the user."""

    reason: str


def fix_of(result: RepairResult, asked: Question, client: Client) -> Fix | NoFix:
    """The best patch that stays inside the document, as an edit that the client understands."""
    bases = {asked.path: Base(asked.document, is_open=True)}
    for patch in result.patches:
        if stays_inside(patch, asked.path):
            remark = remark_of(patch, result)
            edit = workspace_edit(patch, bases, client, remark)
            return Fix(edit, is_preferred(patch), proof_of(patch), remark, _proving(patch, result))
    return NoFix(why_none(result))


def stays_inside(patch: Patch, path: str) -> bool:
    """Whether a patch touches no other file."""
    return all(edit.path == path for edit in patch.edits)


def is_preferred(patch: Patch) -> bool:
    """Whether it is proved, and nothing speaks against it."""
    return patch.status == "verified" and not patch.cautions


def remark_of(patch: Patch, result: RepairResult) -> str:
    return result.message if patch.after is None else ""


def _proving(patch: Patch, result: RepairResult) -> tuple[str, ...]:
    if patch.status != "verified" or result.before is None:
        return ()
    return tuple(case.id for case in result.before.failing)


def proof_of(patch: Patch) -> str:
    """What proves the patch, and what speaks against it."""
    but = f", but it {patch.cautions[0].reason}" if patch.cautions else ""
    if patch.status != "verified":
        if patch.before is None or patch.after is None:
            checked = f"{patch.satisfied} is satisfied, " if patch.satisfied else ""
            return f"{checked}not verified by any test"
        repaired = patch.before.failed - patch.after.failed
        return f"partial: {repaired} of {patch.before.failed} failing tests pass{but}"
    passed = patch.after.passed if patch.after else 0
    tests = f" by {passed} test{'' if passed == 1 else 's'}" if passed else ""
    return f"verified{tests}{but}"


def why_none(result: RepairResult) -> str:
    """Why there is no patch, and what was tried."""
    tried = result.counts.get("generated", 0)
    checked = result.counts.get("validated", 0)
    text = f"no fix was found: {tried} candidates in {result.seconds:.1f} s"
    if checked:
        text += f", {checked} of them checked by the tests"
    return f"{text} ({result.message})" if result.message else text


def workspace_edit(
    patch: Patch, bases: Mapping[str, Base], client: Client, remark: str
) -> types.WorkspaceEdit:
    """The patch as edits of `bases`, its files by path.

    Versioned where the client can check versions, annotated where it can show annotations.
    """
    by_path = {
        path: text_edits(
            base.document, [edit for edit in patch.edits if edit.path == path], client.encoding
        )
        for path, base in bases.items()
    }
    if not client.versioned_edits:
        changes = {bases[path].document.uri: edits for path, edits in by_path.items()}
        return types.WorkspaceEdit(changes=changes)
    annotation = types.ChangeAnnotation(
        label=proof_of(patch),
        needs_confirmation=patch.status != "verified" or patch.grade == "silencing",
        description=remark or None,
    )
    annotated = client.change_annotations
    changed = [
        types.TextDocumentEdit(
            types.OptionalVersionedTextDocumentIdentifier(
                bases[path].document.uri,
                bases[path].document.version if bases[path].is_open else None,
            ),
            [_annotated(edit) for edit in edits] if annotated else edits,
        )
        for path, edits in by_path.items()
    ]
    return types.WorkspaceEdit(
        document_changes=changed,
        change_annotations={_ANNOTATION: annotation} if annotated else None,
    )


def _annotated(edit: types.TextEdit) -> types.AnnotatedTextEdit:
    return types.AnnotatedTextEdit(_ANNOTATION, edit.range, edit.new_text)
