"""Failing tests: run, shown, fixed, and the fix looked at before it is applied."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from repairlsp.server import messages
from tests.server.projects import BUGGY, FIXED, SLOW_TESTS, TESTS, Editor, editing, project

ASSERTION = 6
"""The line of `TESTS` with the assertion that fails, from 0."""
RETURN = 4


def able(**experimental: bool) -> types.ClientCapabilities:
    """Neovim with a plugin for us."""
    capabilities = pytest_lsp.client_capabilities("neovim@v0.11.0")
    capabilities.experimental = {"repairlsp": experimental}
    assert capabilities.workspace
    capabilities.workspace.workspace_edit = types.WorkspaceEditClientCapabilities(True)
    return capabilities


@pytest.fixture
async def editor(tmp_path: Path) -> AsyncIterator[Editor]:
    async with editing(able(proposals=True), project(tmp_path / "project")) as running:
        running.open(BUGGY)
        yield running


def uri_of_tests(editor: Editor) -> str:
    return editor.uri.replace("ages.py", "test_ages.py")


async def test_a_run_shows_what_fails_and_where_the_fault_may_be(editor: Editor) -> None:
    result = await editor.execute("repairlsp.runTests", {"uri": editor.uri})
    assert result == {"status": "failed", "passed": 2, "failed": 1, "message": ""}
    await editor.until(lambda: editor.diagnostics(uri_of_tests(editor)))
    (failing,) = editor.diagnostics(uri_of_tests(editor))
    assert failing.range == types.Range(
        types.Position(ASSERTION, 4), types.Position(ASSERTION, len("    assert is_adult(18)"))
    )
    assert failing.message.startswith("test_ages.py::test_an_adult fails: AssertionError")
    assert failing.severity == types.DiagnosticSeverity.Error
    suspicious = editor.diagnostics()
    assert [each.range.start for each in suspicious] == [types.Position(RETURN, 4)]
    assert {each.severity for each in suspicious} == {types.DiagnosticSeverity.Information}
    related = (failing.related_information or [])[0]
    assert (related.location.uri, related.location.range.start.line) == (editor.uri, RETURN)


async def test_what_is_shown_is_withdrawn_with_the_first_change(editor: Editor) -> None:
    await editor.execute("repairlsp.runTests", {"uri": editor.uri})
    await editor.until(editor.diagnostics)
    editor.type(0, 0, "# typed\n")
    await editor.until(lambda: not editor.diagnostics())
    assert editor.diagnostics(uri_of_tests(editor))  # that text is still the same


async def test_a_change_on_disk_withdraws_too(editor: Editor) -> None:
    await editor.execute("repairlsp.runTests", {"uri": editor.uri})
    await editor.until(lambda: editor.diagnostics(uri_of_tests(editor)))
    for uri in (editor.uri, uri_of_tests(editor)):
        change = types.FileEvent(uri, types.FileChangeType.Changed)
        params = types.DidChangeWatchedFilesParams([change])
        editor.client.workspace_did_change_watched_files(params)
    await editor.until(lambda: not editor.diagnostics(uri_of_tests(editor)))
    await editor.settle()
    assert editor.diagnostics()  # of an open document, the editor's text counts


async def test_lenses_stay_until_a_run_says_otherwise(editor: Editor, tmp_path: Path) -> None:
    await editor.execute("repairlsp.runTests", {"uri": editor.uri})
    ages = editor.uri
    editor.uri = uri_of_tests(editor)
    editor.open("# one more line\n" + TESTS)
    (lens,) = await editor.lenses()
    assert lens.range.start == types.Position(
        TESTS.splitlines().index("def test_an_adult():") + 1, 0
    )
    assert lens.command
    assert (lens.command.title, lens.command.command) == ("Fix failing test", "repairlsp.fixTest")
    editor.uri = ages
    assert await editor.lenses() == []
    editor.open(FIXED)
    await editor.execute("repairlsp.runTests", {"uri": editor.uri})
    editor.uri = uri_of_tests(editor)
    assert await editor.lenses() == []
    assert editor.diagnostics() == []


async def test_a_fix_is_proposed_looked_at_and_accepted(editor: Editor) -> None:
    test = "test_ages.py::test_an_adult"
    await editor.execute("repairlsp.fixTest", {"uri": uri_of_tests(editor), "test": test})
    await editor.until(lambda: editor.proposals)
    (proposal,) = editor.proposals
    assert (proposal.title, proposal.tests) == ("Fix of test_an_adult", [test])
    fix = proposal.fixes[0]
    assert (fix.proof, fix.verified, fix.preferred) == ("verified by 3 tests", True, True)
    assert "+    return age >= 18" in fix.diff
    assert [(each.uri, each.newText) for each in fix.files] == [(editor.uri, FIXED)]
    assert editor.text == BUGGY, "nothing is changed before it is accepted"
    assert editor.diagnostics(uri_of_tests(editor))

    accepted = await accept(editor, proposal.id)
    (change,) = accepted.edit.documentChanges
    assert (change.textDocument.uri, change.textDocument.version) == (editor.uri, 5)
    assert change.edits[0].newText == "="
    await editor.until(lambda: not editor.diagnostics(uri_of_tests(editor)))
    assert editor.diagnostics() == []


async def accept(editor: Editor, id: str, fix: int = 0) -> Any:
    return await editor.client.protocol.send_request_async(
        "repairlsp/acceptProposal", {"id": id, "fix": fix}
    )


async def test_what_is_accepted_too_late_is_refused(editor: Editor) -> None:
    await editor.execute("repairlsp.fixTest", {"uri": editor.uri})
    await editor.until(lambda: editor.proposals)
    editor.type(0, 0, "# typed\n")
    with pytest.raises(JsonRpcException, match="changed since") as raised:
        await accept(editor, editor.proposals[0].id)
    assert raised.value.code == messages.CONTENT_MODIFIED
    for id, fix in (("99", 0), (editor.proposals[0].id, 7)):
        with pytest.raises(JsonRpcException) as raised:
            await accept(editor, id, fix)
        assert raised.value.code == messages.INVALID_PARAMS


async def test_a_file_that_is_not_open_is_fixed_too(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    async with editing(able(proposals=True), folder) as editor:
        await editor.execute("repairlsp.fixTest", {"uri": uri_of_tests(editor)})
        await editor.until(lambda: editor.proposals)
        accepted = await accept(editor, editor.proposals[0].id)
        (change,) = accepted.edit.documentChanges
        assert (change.textDocument.uri, change.textDocument.version) == (editor.uri, None)
        (folder / "ages.py").write_text(BUGGY + "# changed on disk\n")
        with pytest.raises(JsonRpcException, match="changed since"):
            await accept(editor, editor.proposals[0].id)


async def test_an_editor_without_proposals_asks_in_words(tmp_path: Path) -> None:
    async with editing("visual_studio_code", project(tmp_path / "project")) as editor:
        editor.open(BUGGY)
        asked: list[types.ShowMessageRequestParams] = []

        @editor.client.feature(types.WINDOW_SHOW_MESSAGE_REQUEST)
        def ask(params: types.ShowMessageRequestParams) -> types.MessageActionItem:
            asked.append(params)
            return (params.actions or [])[0]

        @editor.client.feature(types.WORKSPACE_APPLY_EDIT)
        def apply_edit(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            editor.accept(types.CodeAction("", edit=params.edit))
            return types.ApplyWorkspaceEditResult(applied=True)

        await editor.execute("repairlsp.fixTest", {"uri": editor.uri})
        (question,) = asked
        assert "verified by 3 tests" in question.message
        assert "+    return age >= 18" in question.message
        assert [each.title for each in question.actions or []] == ["Apply", "Dismiss"]
        assert editor.text == FIXED


async def test_the_test_at_a_line(editor: Editor) -> None:
    editor.uri = uri_of_tests(editor)
    editor.open(TESTS)
    place = {"uri": editor.uri, "line": TESTS.splitlines().index("def test_a_baby():") + 1}
    await editor.execute("repairlsp.fixTest", place)
    await editor.settle()
    assert editor.shown() == ["repairlsp: nothing to fix: test_a_baby passes"]
    assert editor.proposals == []


async def test_what_has_a_command_needs_no_resolving(editor: Editor) -> None:
    *_, others = await editor.actions(RETURN, "wrong")
    assert isinstance(others, types.CodeAction)
    assert await editor.resolve(others) == others  # VS Code asks all the same


async def test_a_test_that_does_not_run_is_said(editor: Editor) -> None:
    place = {"uri": editor.uri, "test": "test_ages.py::test_renamed"}
    with pytest.raises(JsonRpcException, match="not among the tests that ran"):
        await editor.execute("repairlsp.fixTest", place)
    assert editor.proposals == []


async def test_unverified_alternatives(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    async with editing(able(proposals=True), folder, verify="off") as editor:
        editor.open(BUGGY)
        *_, others = await editor.actions(RETURN, "wrong")
        assert isinstance(others, types.CodeAction)
        assert others.command
        await editor.execute(others.command.command, *(others.command.arguments or ()))
        await editor.until(lambda: editor.proposals)
        fixes = editor.proposals[0].fixes
        assert len({fix.diff for fix in fixes}) == len(fixes) == 5
        assert {(fix.verified, fix.preferred) for fix in fixes} == {(False, False)}


async def test_a_project_that_is_not_trusted_runs_no_tests(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    async with editing(able(proposals=True), folder, trusted=False) as editor:
        for command in ("repairlsp.runTests", "repairlsp.fixTest"):
            with pytest.raises(JsonRpcException, match="not trusted"):
                await editor.execute(command, {"uri": editor.uri})


async def test_a_search_says_what_it_does_and_can_be_cancelled(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", tests=SLOW_TESTS)
    async with editing("visual_studio_code", folder) as editor:
        editor.open(BUGGY)
        running = asyncio.ensure_future(
            editor.execute("repairlsp.fixTest", {"uri": uri_of_tests(editor), "line": 4})
        )
        with pytest.raises(JsonRpcException, match="open the file"):
            await running
        running = asyncio.ensure_future(editor.execute("repairlsp.fixTest", {"uri": editor.uri}))
        await editor.busy()
        ((token, reports),) = editor.client.progress_reports.items()
        begin = reports[0]
        assert isinstance(begin, types.WorkDoneProgressBegin)
        assert (begin.title, begin.cancellable) == ("Fixing the failing tests", True)
        editor.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
        with pytest.raises(JsonRpcException) as raised:
            await running
        assert raised.value.code == messages.REQUEST_CANCELLED


async def test_a_client_that_asks_for_diagnostics_gets_them_so(tmp_path: Path) -> None:
    capabilities = able(proposals=True)
    assert capabilities.text_document
    assert capabilities.workspace
    capabilities.text_document.diagnostic = types.DiagnosticClientCapabilities()
    capabilities.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(True)
    async with editing(capabilities, project(tmp_path / "project")) as editor:
        editor.open(BUGGY)
        await editor.execute("repairlsp.runTests", {"uri": editor.uri})
        document = types.TextDocumentIdentifier(editor.uri)
        report = await editor.client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(document)
        )
        assert [item.code for item in report.items] == ["suspicious-line"]
        # Pushed is only what the client cannot ask for: the file that is not open.
        await editor.until(lambda: editor.diagnostics(uri_of_tests(editor)))
        assert editor.uri not in editor.client.diagnostics
        editor.uri = uri_of_tests(editor)
        editor.open(TESTS)
        await editor.until(lambda: not editor.diagnostics())


async def test_the_status_follows_the_work(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    async with editing(able(status=True), folder, verify="off") as editor:
        editor.open(BUGGY)
        await editor.resolve(await editor.action(RETURN, "wrong"))
        await editor.until(lambda: editor.statuses[-1].model.loaded)
        states = [status.state for status in editor.statuses]
        assert (states[0], states[-1], "working" in states) == ("idle", "idle", True)
        last = editor.statuses[-1]
        assert (last.health, last.message, last.queue, last.running) == ("ok", "", 0, None)
        assert last.model.memoryMiB > 0
        reply = await editor.client.protocol.send_request_async("repairlsp/debugInformation", None)
        assert "Neovim" not in reply.text.splitlines()[0]
        assert 'verify: `"off"`' in reply.text
        assert "is_adult" not in reply.text


async def test_a_model_that_is_missing_disables_fixes_in_the_words_of_the_status(
    tmp_path: Path,
) -> None:
    folder = project(tmp_path / "project")
    async with editing("visual_studio_code", folder, model="./nowhere") as editor:
        editor.open(BUGGY)
        action = await editor.action(RETURN, "wrong")
        with pytest.raises(JsonRpcException) as raised:
            await editor.resolve(action)
        assert raised.value.code == messages.REQUEST_FAILED
        disabled = (await editor.action(RETURN, "wrong")).disabled
        assert disabled
        assert disabled.reason == raised.value.message
        status = await editor.client.protocol.send_request_async("repairlsp/debugInformation", {})
        assert disabled.reason[:30] in status.text
        editor.client.set_configuration({"repairlsp": {"verify": "off"}})
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        async with asyncio.timeout(30):
            while (await editor.action(RETURN, "wrong")).disabled:
                await asyncio.sleep(0.02)
