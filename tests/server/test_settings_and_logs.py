"""Settings of each folder, and where the server's log goes."""

from __future__ import annotations

import logging
from pathlib import Path

from lsprotocol import types

from repairlsp.server.logs import FILE_BYTES, OLD_FILES, LogFile, ours
from tests.server.projects import BUGGY, editing, project
from tests.server.raw import RawServer

VS_CODE = "visual_studio_code"
RETURN = 4


async def test_each_folder_has_settings_of_its_own(tmp_path: Path) -> None:
    one, other = project(tmp_path / "one"), project(tmp_path / "other")
    async with editing(VS_CODE, one, other) as editor:
        quiet = {"repairlsp": {"automatic": False}}
        editor.client.set_configuration({"repairlsp": {}})
        editor.client.set_configuration({"repairlsp": {}}, scope_uri=one.as_uri())
        editor.client.set_configuration(quiet, scope_uri=other.as_uri())
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))

        async def offered(folder: Path) -> bool:
            editor.uri = (folder / "ages.py").as_uri()
            editor.open(BUGGY)
            found = types.Diagnostic(_place(), "wrong")
            context = types.CodeActionContext([found], None, types.CodeActionTriggerKind.Automatic)
            document = types.TextDocumentIdentifier(editor.uri)
            params = types.CodeActionParams(document, _place(), context)
            return bool(await editor.client.text_document_code_action_async(params))

        while await offered(other):
            pass  # the settings are on their way
        assert await offered(one)


def _place() -> types.Range:
    return types.Range(types.Position(RETURN, 0), types.Position(RETURN, 4))


async def test_the_log_file_tells_of_jobs_and_holds_no_source(tmp_path: Path) -> None:
    folder, file = project(tmp_path / "project"), tmp_path / "server.log"
    async with editing(VS_CODE, folder, verify="off", logFile=str(file)) as editor:
        editor.open(BUGGY)
        await editor.resolve(await editor.action(RETURN, "wrong"))
    text = file.read_text()
    assert "Fixing a diagnostic: done after" in text
    assert "is_adult" not in text


async def test_a_log_file_that_cannot_be_is_said(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    async with editing(VS_CODE, folder, log_file="/nowhere/at/all.log") as editor:
        await editor.until(editor.shown)
        assert "there is no log file" in editor.shown()[0]


async def test_who_traces_hears_more(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    async with editing(VS_CODE, folder, verify="off") as editor:
        editor.open(BUGGY)
        await editor.resolve(await editor.action(RETURN, "wrong"))
        await editor.settle()
        assert editor.client.log_messages == []
        editor.client.set_trace(types.SetTraceParams(types.TraceValue.Messages))
        await editor.resolve(await editor.action(RETURN, "wrong"))
        await editor.until(lambda: editor.client.log_messages)
        assert any("Fixing a diagnostic" in each.message for each in editor.client.log_messages)


def test_files_are_watched_by_those_who_can(server: RawServer) -> None:
    able = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
    server.initialize({"workspace": able})
    while (message := server.receive()).get("method") != "client/registerCapability":
        pass
    (registration,) = message["params"]["registrations"]
    assert registration["method"] == "workspace/didChangeWatchedFiles"
    patterns = [each["globPattern"] for each in registration["registerOptions"]["watchers"]]
    assert patterns == ["**/*.py", "**/pyproject.toml", "**/repairlsp.toml"]


def test_the_log_file_is_bounded(tmp_path: Path) -> None:
    log = LogFile()
    assert log.use(tmp_path / "a.log") == ""
    ours.setLevel(logging.INFO)
    line = "x" * (FILE_BYTES // 4)
    for _ in range(6 * OLD_FILES * 4):
        ours.info(line)
    assert log.use(None) == ""
    files = sorted(tmp_path.iterdir())
    assert len(files) == OLD_FILES + 1
    assert all(file.stat().st_size <= FILE_BYTES for file in files)
