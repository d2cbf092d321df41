"""Notebooks: their cells are kept, and one is repaired, as VS Code sends and applies it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from repairlsp.server import messages
from tests.server.editor import apply
from tests.server.projects import Editor, editing, project
from tests.server.raw import RawServer
from tests.server.test_client import capabilities

LOAD = "%matplotlib inline\nlimit = 18\n"
BUGGY = "# 👩‍👩 é\ndef is_adult(age):\n    'é😀'; return age > limits\n"
CALL = "is_adult(18)"
BUG = 2
"""The line of `BUGGY` with the bug, from 0."""


def vs_code() -> types.ClientCapabilities:
    """As its client library sends them since LSP 3.17: pytest-lsp's file is of before."""
    found = pytest_lsp.client_capabilities("visual_studio_code")
    found.notebook_document = types.NotebookDocumentClientCapabilities(
        types.NotebookDocumentSyncClientCapabilities(dynamic_registration=True)
    )
    return found


class Notebook:
    """A notebook in an editor. Its cells are numbered from 0."""

    def __init__(self, editor: Editor, file: Path) -> None:
        self.editor = editor
        self.client = editor.client
        self.uri = file.as_uri()
        self.version = 0
        self.cells: list[str] = []
        self.texts: dict[str, str] = {}

    def cell(self, text: str, language: str = "python") -> types.TextDocumentItem:
        uri = f"{self.uri.replace('file:', 'vscode-notebook-cell:')}#W{len(self.texts)}"
        self.texts[uri] = text
        return types.TextDocumentItem(uri, language, 1, text)

    def open(self, *texts: str) -> None:
        items = [self.cell(text) for text in texts]
        self.cells = [item.uri for item in items]
        cells = [types.NotebookCell(types.NotebookCellKind.Code, uri) for uri in self.cells]
        notebook = types.NotebookDocument(self.uri, "jupyter-notebook", 0, cells)
        params = types.DidOpenNotebookDocumentParams(notebook, items)
        self.client.notebook_document_did_open(params)

    def change(self, cells: types.NotebookDocumentCellChanges) -> None:
        self.version += 1
        document = types.VersionedNotebookDocumentIdentifier(self.version, self.uri)
        event = types.NotebookDocumentChangeEvent(cells=cells)
        params = types.DidChangeNotebookDocumentParams(document, event)
        self.client.notebook_document_did_change(params)

    def type(self, number: int, text: str, version: int = 2) -> None:
        """Insert text at the start of a cell."""
        start = types.Position(0, 0)
        change = types.TextDocumentContentChangePartial(types.Range(start, start), text)
        document = types.VersionedTextDocumentIdentifier(version, self.cells[number])
        content = types.NotebookDocumentCellContentChanges(document, [change])
        self.change(types.NotebookDocumentCellChanges(text_content=[content]))
        self.texts[self.cells[number]] = text + self.texts[self.cells[number]]

    def replace(self, start: int, count: int, *texts: str) -> None:
        """Replace cells by new ones."""
        items = [self.cell(text) for text in texts]
        new = [types.NotebookCell(types.NotebookCellKind.Code, item.uri) for item in items]
        closed = [types.TextDocumentIdentifier(uri) for uri in self.cells[start : start + count]]
        self.cells[start : start + count] = [item.uri for item in items]
        array = types.NotebookCellArrayChange(start, count, new)
        structure = types.NotebookDocumentCellChangeStructure(array, items, closed)
        self.change(types.NotebookDocumentCellChanges(structure=structure))

    async def action(
        self, number: int, line: int, diagnostic: str | None = None, source: str = "Ruff"
    ) -> types.CodeAction:
        self.editor.uri = self.cells[number]
        return await self.editor.action(line, diagnostic, source=source, code="F821")

    def accept(self, action: types.CodeAction) -> str:
        """Apply an edit that is of one cell alone; return the cell's new text."""
        assert action.edit
        (change,) = action.edit.document_changes or ()
        assert isinstance(change, types.TextDocumentEdit)
        uri = change.text_document.uri
        assert change.text_document.version is not None
        self.texts[uri] = apply(self.texts[uri], list(change.edits))  # type: ignore[arg-type]
        return self.texts[uri]


@pytest.fixture
async def notebook(tmp_path: Path) -> AsyncIterator[Notebook]:
    async with editing(vs_code(), project(tmp_path / "project")) as editor:
        yield Notebook(editor, tmp_path / "project" / "test it.ipynb")


def check_that_only_the_bug_is_gone(text: str, before: str = BUGGY) -> None:
    assert text.startswith(before[: before.index(" age > limits")])
    assert "limits" not in text
    compile(text, "cell", "exec")


async def test_a_squiggle_in_a_cell_is_fixed(notebook: Notebook) -> None:
    notebook.open(LOAD, BUGGY, CALL)
    action = await notebook.action(1, BUG, "Undefined name `limits`")
    resolved = await notebook.editor.resolve(action)
    assert resolved.title.endswith("(ruff is satisfied, not verified by any test)")
    assert resolved.is_preferred is None
    check_that_only_the_bug_is_gone(notebook.accept(resolved))


async def test_a_cell_without_a_function_is_rewritten_as_a_whole(notebook: Notebook) -> None:
    notebook.open("limit = 18", "age = 18\nif age > limit:\n    print('of age')\n")
    action = await notebook.action(1, 0)
    assert action.title == "Fix this bug in this cell"
    text = notebook.accept(await notebook.editor.resolve(action))
    assert text != "age = 18\nif age > limit:\n    print('of age')\n"
    compile(text, "cell", "exec")


async def test_cells_that_come_go_and_change_are_followed(notebook: Notebook) -> None:
    notebook.open(BUGGY)
    notebook.replace(0, 0, "%%bash\nls", "threshold = 18")
    notebook.replace(1, 1, LOAD)
    notebook.type(2, "# typed\n")
    action = await notebook.action(2, BUG + 1, "Undefined name `limits`")
    resolved = await notebook.editor.resolve(action)
    check_that_only_the_bug_is_gone(notebook.accept(resolved), "# typed\n" + BUGGY)
    with pytest.raises(JsonRpcException, match="begins with %%bash"):
        await notebook.editor.resolve(await notebook.action(0, 0, "wrong"))


async def test_other_fixes_of_a_cell(tmp_path: Path) -> None:
    known = vs_code()
    known.experimental = {"repairlsp": {"proposals": True}}
    async with editing(known, project(tmp_path / "project")) as editor:
        notebook = Notebook(editor, tmp_path / "project" / "a.ipynb")
        notebook.open(LOAD, BUGGY)
        editor.uri = notebook.cells[1]
        *_, others = await editor.actions(BUG)
        assert isinstance(others, types.CodeAction)
        assert others.command
        await editor.execute(others.command.command, *(others.command.arguments or ()))
        await editor.until(lambda: editor.proposals)
        (proposal,) = editor.proposals
        assert len(proposal.fixes) > 1
        for fix in proposal.fixes:
            assert [file.uri for file in fix.files] == [notebook.cells[1]]
            assert fix.files[0].newText.startswith(BUGGY[: BUGGY.index("def")])
        wanted = {"id": proposal.id, "fix": 0}
        accepted = await editor.client.protocol.send_request_async(
            "repairlsp/acceptProposal", wanted
        )
        (change,) = accepted.edit.documentChanges
        assert change.textDocument.uri == notebook.cells[1]
        notebook.replace(0, 1)  # now it is another cell's place
        with pytest.raises(JsonRpcException, match="changed since"):
            await editor.client.protocol.send_request_async("repairlsp/acceptProposal", wanted)


async def test_typing_in_the_cell_makes_its_fix_void(notebook: Notebook) -> None:
    notebook.open(LOAD, BUGGY)
    action = await notebook.action(1, BUG, "wrong")
    request = asyncio.ensure_future(notebook.editor.resolve(action))
    await notebook.editor.busy()
    notebook.type(1, "# typed\n")
    with pytest.raises(JsonRpcException) as raised:
        await request
    assert raised.value.code == messages.CONTENT_MODIFIED


async def test_a_closed_notebook_is_forgotten(notebook: Notebook) -> None:
    notebook.open(LOAD, BUGGY)
    action = await notebook.action(1, BUG, "wrong")
    document = types.NotebookDocumentIdentifier(notebook.uri)
    notebook.client.notebook_document_did_save(types.DidSaveNotebookDocumentParams(document))
    cells = [types.TextDocumentIdentifier(uri) for uri in notebook.cells]
    params = types.DidCloseNotebookDocumentParams(document, cells)
    notebook.client.notebook_document_did_close(params)
    with pytest.raises(JsonRpcException) as raised:
        await notebook.editor.resolve(action)
    assert raised.value.code == messages.CONTENT_MODIFIED


@pytest.mark.parametrize("name", ["neovim_v0.11.0", "emacs_v29.1"])
def test_an_editor_without_notebooks_is_not_asked_for_them(server: RawServer, name: str) -> None:
    assert "notebookDocumentSync" not in server.initialize(capabilities(name)["capabilities"])


def test_an_editor_with_notebooks_is_asked_for_python_cells(server: RawServer) -> None:
    known = {"notebookDocument": {"synchronization": {"dynamicRegistration": True}}}
    selector = [{"notebook": "*", "cells": [{"language": "python"}]}]
    offered = server.initialize(known)["notebookDocumentSync"]
    assert offered == {"notebookSelector": selector, "save": True}
