"""`prefetch`: a fix that is there before it is asked for; the real server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from lsprotocol import types

from repairlsp.server.prefetching import NICENESS
from tests.server.projects import BUGGY, FIXED, SLOW_TESTS, Editor, editing, project
from tests.server.test_failing_tests import able
from tests.server.test_fix_interrupted import command

RETURN = 4


@pytest.fixture
async def editor(tmp_path: Path) -> AsyncIterator[Editor]:
    folder = project(tmp_path / "project")
    async with editing(able(status=True), folder, prefetch=True) as running:
        running.open(BUGGY)
        yield running


def save(editor: Editor) -> None:
    document = types.TextDocumentIdentifier(editor.uri)
    editor.client.text_document_did_save(types.DidSaveTextDocumentParams(document))


def begun(editor: Editor) -> int:
    """How many times a search ahead of time was begun."""
    running = [status.running for status in editor.statuses]
    return sum(
        now == "Fixing ahead of time" != before
        for before, now in zip([None, *running], running, strict=False)
    )


async def is_idle(editor: Editor) -> None:
    await editor.until(lambda: editor.statuses[-1].state == "idle")


async def test_the_fix_is_there_when_it_is_asked_for(editor: Editor, tmp_path: Path) -> None:
    action = await editor.action(RETURN, "wrong")
    save(editor)
    await editor.until(lambda: begun(editor))
    await is_idle(editor)
    # From now on no test could be run, and no search begun.
    (tmp_path / "project" / "test_ages.py").unlink()
    resolved = await editor.resolve(action)
    assert "verified by 3 tests" in resolved.title
    assert resolved.is_preferred is True
    assert editor.accept(resolved) == FIXED
    assert not any(status.running == "Fixing a diagnostic" for status in editor.statuses)


async def test_asking_in_mid_search_waits_for_it(editor: Editor) -> None:
    action = await editor.action(RETURN, "wrong")
    save(editor)
    await editor.until(lambda: begun(editor))
    resolved = await editor.resolve(action)
    assert "verified by 3 tests" in resolved.title
    assert begun(editor) == 1
    assert not any(status.running == "Fixing a diagnostic" for status in editor.statuses)


async def test_it_runs_at_a_low_priority_and_an_edit_ends_it(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", tests=SLOW_TESTS)
    async with editing(able(status=True), folder, prefetch=True) as editor:
        editor.open(BUGGY)
        await editor.action(RETURN, "wrong")
        save(editor)
        assert editor.server
        server = psutil.Process(editor.server.pid)

        def named(word: str) -> list[psutil.Process]:
            found = server.children(recursive=True)
            return [each for each in found if word in command(each)]

        await editor.until(lambda: named("pytest"))
        running = named("pytest")
        assert {each.nice() for each in running} == {min(server.nice() + NICENESS, 19)}
        assert {each.nice() for each in named("worker")} == {server.nice()}
        editor.type(0, 0, "# typed\n")
        _, alive = await asyncio.to_thread(psutil.wait_procs, running, timeout=5)
        assert alive == []
        await is_idle(editor)


async def test_by_default_nothing_is_searched_for(tmp_path: Path) -> None:
    async with editing(able(status=True), project(tmp_path / "project")) as editor:
        editor.open(BUGGY)
        await editor.action(RETURN, "wrong")
        save(editor)
        await asyncio.sleep(1.5)  # longer than the server would wait
        await editor.settle()
        assert begun(editor) == 0
        assert editor.server
        assert psutil.Process(editor.server.pid).children() == []
