"""Small projects with a bug, and an editor that has one of their files open."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest_lsp
from lsprotocol import types
from lsprotocol.converters import get_converter
from pytest_lsp.client import LanguageClient, make_test_lsp_client

from repairlsp.server.positions import Encoding
from tests.server.editor import apply, edits_of

BUGGY = """\
\"\"\"Ages.\"\"\"


def is_adult(age):
    return age > 18
"""
FIXED = BUGGY.replace(">", ">=")

TESTS = """\
from ages import is_adult


def test_an_adult():
    print("Content-Length: 2\\r\\n\\r\\n{}")  # what a confused server would pass on
    assert is_adult(19)
    assert is_adult(18)


def test_a_child():
    assert not is_adult(17.9)
    assert not is_adult(8)


def test_a_baby():
    assert not is_adult(0)
"""

SLOW_TESTS = """\
import time


def test_for_ever():
    time.sleep(600)
"""

SECONDS = 300.0
"""What one fix may take in a test: the machine may be busy."""


class Editor:
    """A client with one document open. `text` is what its user sees."""

    def __init__(self, client: LanguageClient, file: Path) -> None:
        self.client = client
        self.uri = file.as_uri()
        self.version = 0
        self.text = ""
        self.encoding: Encoding = "utf-16"
        self.proposals: list[Any] = []
        """What the server proposed, if the client said that it shows proposals."""
        self.statuses: list[Any] = []
        self.at_end = True
        """Whether the session still is to be shut down at the end of the test."""
        self.server: asyncio.subprocess.Process | None = client._server

    def open(self, text: str, version: int = 5, language: str = "python") -> None:
        self.text, self.version = text, version
        item = types.TextDocumentItem(self.uri, language, version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, line: int, character: int, text: str) -> None:
        """Insert text at a place."""
        place = types.Position(line, character)
        edit = types.TextEdit(types.Range(place, place), text)
        self.text = apply(self.text, [edit], self.encoding)
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri)
        change = types.TextDocumentContentChangePartial(range=edit.range, text=text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def actions(
        self,
        line: int,
        diagnostic: str | None = None,
        only: list[str] | None = None,
        lines: int = 0,
        source: str = "pyright",
        code: str = "reportX",
    ) -> list[types.CodeAction | types.Command]:
        """What is offered at a line, on which another tool may have found something."""
        end = types.Position(line + lines, 0) if lines else types.Position(line, 4)
        span = types.Range(types.Position(line, 0 if lines else 4), end)
        found = []
        if diagnostic is not None:
            here = types.Range(types.Position(line, 11), types.Position(line, 30))
            found.append(types.Diagnostic(here, diagnostic, source=source, code=code))
        params = types.CodeActionParams(
            text_document=types.TextDocumentIdentifier(self.uri),
            range=span,
            context=types.CodeActionContext(diagnostics=found, only=only),
        )
        return list(await self.client.text_document_code_action_async(params) or [])

    async def action(self, *args: Any, **named: Any) -> types.CodeAction:
        """The first action of `actions`."""
        first = (await self.actions(*args, **named))[0]
        assert isinstance(first, types.CodeAction)
        return first

    async def resolve(self, action: types.CodeAction) -> types.CodeAction:
        return await self.client.code_action_resolve_async(action)

    def accept(self, action: types.CodeAction) -> str:
        """Apply an action's edit, as an editor does that checks nothing; return the new text."""
        assert action.edit is not None
        self.text = apply(self.text, edits_of(action.edit, self.uri), self.encoding)
        return self.text

    async def execute(self, command: str, *arguments: Any) -> Any:
        params = types.ExecuteCommandParams(command, list(arguments))
        return await self.client.workspace_execute_command_async(params)

    async def lenses(self) -> list[types.CodeLens]:
        params = types.CodeLensParams(types.TextDocumentIdentifier(self.uri))
        return list(await self.client.text_document_code_lens_async(params) or [])

    def diagnostics(self, uri: str | None = None) -> list[types.Diagnostic]:
        """What the server has published of a document, by default of the open one."""
        return list(self.client.diagnostics.get(uri or self.uri, ()))

    def shown(self) -> list[str]:
        """The messages that the server showed."""
        return [message.message for message in self.client.messages]

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(SECONDS):
            while not condition():
                await asyncio.sleep(0.02)

    async def busy(self) -> None:
        """Wait until a fix is being computed, as its progress says."""
        await self.until(lambda: any(self.client.progress_reports.values()))

    async def settle(self) -> None:
        """Wait until everything that the server sent so far has come."""
        await self.actions(0)


@asynccontextmanager
async def editing(
    capabilities: str | types.ClientCapabilities,
    folder: Path,
    *more_folders: Path,
    **options: Any,
) -> AsyncIterator[Editor]:
    """The real server, and an editor with `ages.py` of `folder` in its workspace.

    `capabilities` names one of the capability files that pytest-lsp has of real editors.
    """
    client = make_test_lsp_client()
    client.protocol._converter.register_structure_hook(
        types.Command | types.CodeAction, _action_or_command
    )

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        """Editors that say so can be asked for more; pytest-lsp's client cannot."""

    # The same environment, as an editor would pass it on.
    await client.start_io(sys.executable, "-m", "repairlsp", "serve", env=dict(os.environ))
    try:
        if isinstance(capabilities, str):
            capabilities = pytest_lsp.client_capabilities(capabilities)
        await client.initialize_session(
            types.InitializeParams(
                capabilities=capabilities,
                workspace_folders=[
                    types.WorkspaceFolder(each.as_uri(), each.name)
                    for each in (folder, *more_folders)
                ],
                initialization_options={
                    "max_seconds": SECONDS,
                    "search_seconds": SECONDS,
                    **options,
                },
            )
        )
        editor = Editor(client, folder / "ages.py")

        @client.feature("repairlsp/proposal")
        def propose(params: Any) -> None:
            editor.proposals.append(params)

        @client.feature("repairlsp/status")
        def show_status(params: Any) -> None:
            editor.statuses.append(params)

        yield editor
        if editor.at_end:
            await client.shutdown_session()
    finally:
        if client._server is not None and client._server.returncode is None:
            client._server.kill()
        await client.stop()


def _action_or_command(value: Any, _: type) -> types.Command | types.CodeAction:
    """lsprotocol takes every code action that has a command for a bare command."""
    kind = types.Command if isinstance(value.get("command"), str) else types.CodeAction
    return get_converter().structure(value, kind)


def project(folder: Path, source: str = BUGGY, tests: str = TESTS) -> Path:
    """Write a project of one module and its tests."""
    folder.mkdir(exist_ok=True)
    # newline="": the line ends are what the tests are about.
    (folder / "ages.py").write_text(source, encoding="utf-8", newline="")
    (folder / "test_ages.py").write_text(tests, encoding="utf-8")
    (folder / "pyproject.toml").write_text('[project]\nname = "ages"\nversion = "1"\n')
    return folder
