"""From the engine's result to what the editor gets: an edit that says whether it was proved."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types

from repairlsp.server.asking import Question
from repairlsp.server.client import Client
from repairlsp.server.edits import text_edits
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


@dataclass(frozen=True)
class NoFix:
    """Why there is no fix: what was tried, for the user."""

    reason: str


def fix_of(result: RepairResult, asked: Question, client: Client) -> Fix | NoFix:
    """The best patch that stays inside the document, as an edit that the client understands."""
    for patch in result.patches:
        if all(edit.path == asked.path for edit in patch.edits):
            edits = text_edits(asked.document, patch.edits, client.encoding)
            proof, verified = _proof(patch), patch.status == "verified"
            remark = result.message if patch.after is None else ""
            annotation = types.ChangeAnnotation(
                label=proof,
                needs_confirmation=not verified or patch.grade == "silencing",
                description=remark or None,
            )
            edit = _workspace_edit(asked, edits, client, annotation)
            return Fix(edit, verified and not patch.cautions, proof, remark)
    return NoFix(_reason(result))


def _proof(patch: Patch) -> str:
    but = f", but it {patch.cautions[0].reason}" if patch.cautions else ""
    if patch.status != "verified":
        if patch.before is None or patch.after is None:
            return "not verified by any test"
        repaired = patch.before.failed - patch.after.failed
        return f"partial: {repaired} of {patch.before.failed} failing tests pass{but}"
    passed = patch.after.passed if patch.after else 0
    tests = f" by {passed} test{'' if passed == 1 else 's'}" if passed else ""
    return f"verified{tests}{but}"


def _reason(result: RepairResult) -> str:
    tried = result.counts.get("generated", 0)
    checked = result.counts.get("validated", 0)
    text = f"no fix was found: {tried} candidates in {result.seconds:.1f} s"
    if checked:
        text += f", {checked} of them checked by the tests"
    return f"{text} ({result.message})" if result.message else text


def _workspace_edit(
    asked: Question,
    edits: list[types.TextEdit],
    client: Client,
    annotation: types.ChangeAnnotation,
) -> types.WorkspaceEdit:
    """Versioned where the client can check versions, annotated where it can show annotations."""
    uri = asked.document.uri
    if not client.versioned_edits:
        return types.WorkspaceEdit(changes={uri: edits})
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri, asked.document.version)
    if not client.change_annotations:
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, edits)])
    annotated = [types.AnnotatedTextEdit(_ANNOTATION, edit.range, edit.new_text) for edit in edits]
    return types.WorkspaceEdit(
        document_changes=[types.TextDocumentEdit(identifier, annotated)],
        change_annotations={_ANNOTATION: annotation},
    )
