"""From squiggle to applied edit: the real server, engine, model and pytest, as two editors."""

from __future__ import annotations

import ast
import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from repairlsp.server import messages
from tests.server.projects import BUGGY, FIXED, TESTS, Editor, editing, project

VS_CODE = "visual_studio_code"
NEOVIM = "neovim@v0.11.0"

RETURN = 4
"""The line of `BUGGY` with the bug, from 0."""


@pytest.fixture(params=[VS_CODE, NEOVIM])
async def editor(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Editor]:
    async with editing(request.param, project(tmp_path / "project")) as running:
        running.open(BUGGY)
        yield running


@pytest.fixture
async def vs_code(tmp_path: Path) -> AsyncIterator[Editor]:
    async with editing(VS_CODE, project(tmp_path / "project")) as running:
        yield running


@pytest.fixture
async def unverified(tmp_path: Path) -> AsyncIterator[Editor]:
    """VS Code, and a user who does not want tests to be run."""
    async with editing(VS_CODE, project(tmp_path / "project"), verify="off") as running:
        yield running


def pytest_passes(folder: Path, text: str) -> bool:
    """Whether pytest says so of the project with this text."""
    (folder / "ages.py").write_text(text, encoding="utf-8", newline="")
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder))
    return subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 0


async def test_a_squiggle_of_another_tool_is_fixed_and_proved(
    editor: Editor, tmp_path: Path
) -> None:
    quick, rewrite, others = await editor.actions(RETURN, "18 is of age")
    assert isinstance(quick, types.CodeAction)
    assert isinstance(rewrite, types.CodeAction)
    assert others.title == "Show other fixes"
    assert (quick.title, quick.edit) == ("Fix this bug: 18 is of age", None)
    assert [each.source for each in quick.diagnostics or []] == ["pyright"]
    assert quick.is_preferred is None
    assert (rewrite.title, rewrite.kind) == (
        "Fix this bug in is_adult()",
        "refactor.rewrite.repairlsp",
    )

    resolved = await editor.resolve(quick)
    assert resolved.title == "Fix this bug: 18 is of age (verified by 3 tests)"
    assert resolved.is_preferred is True
    assert pytest_passes(tmp_path / "project", editor.accept(resolved))
    assert editor.shown() == []


async def test_the_edit_is_versioned_small_and_says_what_proves_it(vs_code: Editor) -> None:
    vs_code.open(BUGGY, version=0)
    resolved = await vs_code.resolve(await vs_code.action(RETURN))
    edit = resolved.edit
    assert edit is not None
    assert resolved.data["tests"] == ["test_ages.py::test_an_adult"]
    assert edit.changes is None
    (change,) = edit.document_changes or []
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == 0
    (single,) = change.edits
    assert isinstance(single, types.AnnotatedTextEdit)
    assert (single.range.start.line, single.range.end.line) == (RETURN, RETURN)
    assert len(single.new_text) <= 2
    annotation = (edit.change_annotations or {})[single.annotation_id]
    assert (annotation.label, annotation.needs_confirmation) == ("verified by 3 tests", False)


async def test_an_editor_without_versions_gets_plain_changes(tmp_path: Path) -> None:
    capabilities = types.ClientCapabilities(
        text_document=types.TextDocumentClientCapabilities(
            code_action=types.CodeActionClientCapabilities(
                code_action_literal_support=types.ClientCodeActionLiteralOptions(
                    types.ClientCodeActionKindOptions(["quickfix"])
                ),
                data_support=True,
                resolve_support=types.ClientCodeActionResolveOptions(["edit"]),
            )
        )
    )
    folder = project(tmp_path / "project")
    async with editing(capabilities, folder, verify="off") as editor:
        editor.open(BUGGY)
        resolved = await editor.resolve(await editor.action(RETURN, "wrong"))
        assert resolved.edit
        assert resolved.edit.document_changes is None
        assert list(resolved.edit.changes or {}) == [editor.uri]


async def test_without_tests_the_fix_says_that_nothing_proves_it(unverified: Editor) -> None:
    unverified.open(BUGGY)
    resolved = await unverified.resolve(await unverified.action(RETURN, "wrong"))
    assert resolved.title.endswith("(not verified by any test)")
    assert resolved.is_preferred is None
    assert resolved.edit
    (annotation,) = (resolved.edit.change_annotations or {}).values()
    assert annotation.label == "not verified by any test"
    assert annotation.needs_confirmation is True
    text = unverified.accept(resolved)
    assert ast.dump(ast.parse(text)) != ast.dump(ast.parse(BUGGY))
    assert text.startswith(BUGGY[: BUGGY.index("def")])


async def test_an_editor_without_annotations_is_told_by_a_message(tmp_path: Path) -> None:
    async with editing(NEOVIM, project(tmp_path / "project"), verify="off") as editor:
        editor.open(BUGGY)
        await editor.resolve(await editor.action(RETURN, "wrong"))
        await editor.settle()
        (message,) = editor.shown()
        assert "not verified by any test" in message


async def test_what_counts_is_the_text_in_the_editor(vs_code: Editor, tmp_path: Path) -> None:
    folder = project(tmp_path / "project", source=FIXED)  # what is saved is in order
    vs_code.open("# unsaved\r\n" + BUGGY.replace("\n", "\r\n"))
    resolved = await vs_code.resolve(await vs_code.action(RETURN + 1))
    assert "verified by 3 tests" in resolved.title
    text = vs_code.accept(resolved)
    assert text.count("\r\n") == text.count("\n") == BUGGY.count("\n") + 1
    assert text.startswith("# unsaved\r\n")
    assert pytest_passes(folder, text)


async def test_a_buffer_that_was_never_saved(unverified: Editor) -> None:
    unverified.uri = unverified.uri.replace("ages.py", "new.py")
    unverified.open(BUGGY)
    resolved = await unverified.resolve(await unverified.action(RETURN, "wrong"))
    assert unverified.accept(resolved) != BUGGY


async def test_an_unsaved_helper_counts_as_well(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", tests=TESTS.replace("(18)", "(OF_AGE)"))
    (folder / "test_ages.py").write_text(
        "from helper import OF_AGE\n" + (folder / "test_ages.py").read_text()
    )
    (folder / "helper.py").write_text("")
    async with editing(VS_CODE, folder) as editor:
        helper = types.TextDocumentItem(
            (folder / "helper.py").as_uri(), "python", 1, "OF_AGE = 18\n"
        )
        editor.client.text_document_did_open(types.DidOpenTextDocumentParams(helper))
        editor.open(BUGGY)
        resolved = await editor.resolve(await editor.action(RETURN))
        assert "verified by 3 tests" in resolved.title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_emoji_before_the_bug(tmp_path: Path, encoding: str) -> None:
    source = BUGGY.replace("    return", "    '👩‍👩‍👧 é'; return")
    folder = project(tmp_path / "project", source=source)
    capabilities = types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=[encoding]),
        text_document=types.TextDocumentClientCapabilities(
            code_action=types.CodeActionClientCapabilities(
                code_action_literal_support=types.ClientCodeActionLiteralOptions(
                    types.ClientCodeActionKindOptions(["quickfix"])
                ),
                data_support=True,
                resolve_support=types.ClientCodeActionResolveOptions(["edit"]),
            )
        ),
    )
    async with editing(capabilities, folder) as editor:
        editor.encoding = encoding  # type: ignore[assignment]
        editor.open(source)
        resolved = await editor.resolve(await editor.action(RETURN))
        text = editor.accept(resolved)
        assert "👩‍👩‍👧 é" in text
        assert pytest_passes(folder, text)


async def test_the_command_for_editors_that_do_not_resolve(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    async with editing("emacs@v29.1", folder) as editor:
        editor.open(BUGGY)
        applied: list[types.ApplyWorkspaceEditParams] = []

        @editor.client.feature(types.WORKSPACE_APPLY_EDIT)
        def apply_edit(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            applied.append(params)
            return types.ApplyWorkspaceEditResult(applied=True)

        action = await editor.action(RETURN, "wrong")
        assert action.data is None
        assert action.command
        assert action.command.command == "repairlsp.fix"
        await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams(action.command.command, action.command.arguments)
        )
        (params,) = applied
        assert params.label == "Fix this bug (verified by 3 tests)"
        text = editor.accept(types.CodeAction("", edit=params.edit))
        assert pytest_passes(folder, text)


async def test_an_edit_that_the_editor_refuses_is_reported(tmp_path: Path) -> None:
    async with editing("emacs@v29.1", project(tmp_path / "project"), verify="off") as editor:
        editor.open(BUGGY)

        @editor.client.feature(types.WORKSPACE_APPLY_EDIT)
        def apply_edit(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            return types.ApplyWorkspaceEditResult(applied=False, failure_reason="buffer changed")

        command = (await editor.action(RETURN, "wrong")).command
        assert command
        await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams(command.command, command.arguments)
        )
        await editor.settle()
        assert any("buffer changed" in message for message in editor.shown())


async def test_a_workspace_that_is_not_trusted_runs_nothing(tmp_path: Path) -> None:
    """Check 24. Without a sandbox, so that whatever is run can leave its mark; what the editor's
    user says of the sandbox holds in either case."""
    folder, ran = project(tmp_path / "project"), tmp_path / "ran"
    (folder / "conftest.py").write_text(f"open({str(ran)!r}, 'w')\n")
    (folder / "repairlsp.toml").write_text(f'test_command = "touch {ran}"\n')
    async with editing(VS_CODE, folder, trusted=False, sandbox="none") as editor:
        editor.open(BUGGY)
        resolved = await editor.resolve(await editor.action(RETURN, "wrong"))
        assert "not verified" in resolved.title
    assert not ran.exists()
    async with editing(VS_CODE, folder, trusted=True, sandbox="none") as editor:
        editor.open(BUGGY)
        with suppress(JsonRpcException):  # `touch` is no pytest
            await editor.resolve(await editor.action(RETURN, "wrong"))
    assert ran.exists(), "and so the test above proves something"


async def test_no_fix_says_what_was_tried(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    async with editing(VS_CODE, folder, max_seconds=0.001, verify="off") as editor:
        editor.open(BUGGY)
        with pytest.raises(JsonRpcException, match=r"no fix was found: 0 candidates") as raised:
            await editor.resolve(await editor.action(RETURN))
        assert raised.value.code == messages.REQUEST_FAILED
        await editor.settle()
        assert editor.shown() == [f"repairlsp: {raised.value.message}"]


async def test_tests_are_not_changed(vs_code: Editor) -> None:
    vs_code.uri = vs_code.uri.replace("ages.py", "test_ages.py")
    vs_code.open(TESTS)
    with pytest.raises(JsonRpcException, match="never changes tests"):
        await vs_code.resolve(await vs_code.action(5, "wrong"))


@pytest.mark.parametrize(
    ("text", "uri", "reason"),
    [
        ("x = '\ud83d'\n", None, "surrogate"),
        ("x = 1\n" * 500_000, None, "MiB"),
        ("x = 1\n", "untitled:Untitled-1", "only files"),
    ],
)
async def test_what_cannot_be_fixed_is_said(
    vs_code: Editor, text: str, uri: str | None, reason: str
) -> None:
    vs_code.uri = uri or vs_code.uri
    vs_code.open(text)
    with pytest.raises(JsonRpcException, match=reason):
        await vs_code.resolve(await vs_code.action(0, lines=1))


@pytest.mark.parametrize(
    "text", ["x = 1\n" * 900_000, f"x = '{'a' * (1 << 20)}'\n"], ids=["5 MB", "a line of 1 MB"]
)
async def test_very_long_texts_have_an_answer(vs_code: Editor, text: str) -> None:
    vs_code.open(text)
    async with asyncio.timeout(60):  # milliseconds, were the machine not busy
        vs_code.type(0, 5, "2")
        (rewrite, _) = await vs_code.actions(0, lines=1)
        assert isinstance(rewrite, types.CodeAction)
        try:
            assert (await vs_code.resolve(rewrite)).edit
        except JsonRpcException as reason:
            assert reason.code == messages.REQUEST_FAILED
            assert "MiB" in reason.message


async def test_settings_are_pulled_and_a_bad_one_is_reported_once(tmp_path: Path) -> None:
    async with editing(VS_CODE, project(tmp_path / "project")) as editor:
        editor.client.set_configuration({"repairlsp": {"verify": "perhaps", "automatic": False}})
        for _ in range(2):
            editor.client.workspace_did_change_configuration(
                types.DidChangeConfigurationParams(settings=None)
            )
        await editor.until(editor.shown)
        await editor.settle()
        (message,) = editor.shown()
        assert 'verify must be "tests" or "off"' in message
        editor.open(BUGGY)
        context = types.CodeActionContext(
            diagnostics=[], trigger_kind=types.CodeActionTriggerKind.Automatic
        )
        place = types.Position(RETURN, 0)
        document = types.TextDocumentIdentifier(editor.uri)
        params = types.CodeActionParams(document, types.Range(place, place), context)
        assert not await editor.client.text_document_code_action_async(params)


async def test_a_fix_that_satisfies_its_tool_says_so(tmp_path: Path) -> None:
    source = "def total(prices):\n    return sum(price)\n"
    folder = project(tmp_path / "project", source=source, tests="")
    async with editing(VS_CODE, folder) as editor:
        editor.open(source)
        action = await editor.action(1, "Undefined name `price`", source="Ruff", code="F821")
        resolved = await editor.resolve(action)
        assert resolved.title.endswith("(ruff is satisfied, not verified by any test)")
        assert resolved.is_preferred is None
        assert "(price)" not in editor.accept(resolved)


async def test_other_languages_get_unverified_fixes(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    source = "function isAdult(age) {\n  return age > limit;\n}\n"
    (folder / "ages.js").write_text(source)
    async with editing(VS_CODE, folder) as editor:
        editor.uri = editor.uri.replace("ages.py", "ages.js")
        editor.open("// not saved\n" + source, language="javascript")
        resolved = await editor.resolve(await editor.action(2, "'limit' is not defined"))
        assert resolved.title.endswith("(not verified by any test)")
        assert resolved.is_preferred is None
        text = editor.accept(resolved)
        assert text.startswith("// not saved\nfunction")
        assert text != "// not saved\n" + source
