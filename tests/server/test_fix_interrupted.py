"""The user types, cancels, leaves or asks again while a fix is being computed."""

from __future__ import annotations

import asyncio
import fcntl
import struct
import termios
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from repairlsp.server import messages
from repairlsp.server.jobs import MAX_WAITING
from tests.server.projects import BUGGY, SLOW_TESTS, Editor, editing, project

RETURN = 4


@pytest.fixture
async def slow(tmp_path: Path) -> AsyncIterator[Editor]:
    """An editor with a project whose tests take for ever."""
    folder = project(tmp_path / "project", tests=SLOW_TESTS)
    async with editing("visual_studio_code", folder) as running:
        running.open(BUGGY)
        yield running


def children(editor: Editor) -> list[psutil.Process]:
    """The processes that the server has started: tests, and what confines them."""
    assert editor.server
    return psutil.Process(editor.server.pid).children(recursive=True)


def command(process: psutil.Process) -> str:
    """A process's command line; empty when it has just ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def has_input(pid: int) -> bool:
    """Whether something that a process has not read yet waits in one of its pipes (Linux)."""
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        if str(descriptor.readlink()).startswith("pipe:"):
            with suppress(OSError), descriptor.open("rb", buffering=0) as pipe:
                if struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4)) != (0,):
                    return True
    return False


async def while_tests_run(editor: Editor) -> list[psutil.Process]:
    """Wait until the tests run, and return all processes that the server has started."""
    await editor.until(lambda: any("pytest" in command(each) for each in children(editor)))
    return children(editor)


async def running_tests(editor: Editor) -> list[psutil.Process]:
    """The same without the model worker, which is kept for the next fix."""
    running = await while_tests_run(editor)
    return [each for each in running if "worker" not in command(each)]


def resolving(
    editor: Editor, action: types.CodeAction, id: str
) -> asyncio.Future[types.CodeAction]:
    """Send `codeAction/resolve` with an id by which it can be cancelled."""
    request = editor.client.protocol.send_request_async(
        types.CODE_ACTION_RESOLVE, action, msg_id=id
    )
    return asyncio.ensure_future(request)


async def failure(request: asyncio.Future[types.CodeAction]) -> JsonRpcException:
    async with asyncio.timeout(30):
        with pytest.raises(JsonRpcException) as raised:
            await request
    return raised.value


async def test_a_fix_for_an_older_version_is_refused(slow: Editor) -> None:
    action = await slow.action(RETURN, "wrong")
    slow.type(0, 0, "# typed\n")
    typed = slow.text
    error = await failure(asyncio.ensure_future(slow.resolve(action)))
    assert error.code == messages.CONTENT_MODIFIED
    await slow.settle()
    (message,) = slow.shown()
    assert "changed" in message
    assert slow.text == typed


async def test_typing_while_the_fix_is_computed(tmp_path: Path) -> None:
    async with editing("visual_studio_code", project(tmp_path / "project")) as editor:
        editor.open(BUGGY, version=0)
        request = asyncio.ensure_future(editor.resolve(await editor.action(RETURN, "wrong")))
        await editor.busy()
        editor.type(1, 0, "# typed\n")
        error = await failure(request)
        assert error.code == messages.CONTENT_MODIFIED
        await editor.settle()
        assert len(editor.shown()) == 1
        # And asking again, about what is there now, works.
        resolved = await editor.resolve(await editor.action(RETURN + 1, "wrong"))
        assert "verified by 3 tests" in resolved.title


async def test_cancel_is_answered_at_once_and_stops_the_tests(slow: Editor) -> None:
    action = await slow.action(RETURN)
    request = resolving(slow, action, "resolve")
    running = await running_tests(slow)
    started = time.perf_counter()
    slow.client.cancel_request(types.CancelParams(id="resolve"))
    error = await failure(request)
    assert error.code == messages.REQUEST_CANCELLED
    assert time.perf_counter() - started < 1.0  # 0.2 s on a machine that is not busy
    _, alive = await asyncio.to_thread(psutil.wait_procs, running, timeout=5)
    assert alive == []
    assert slow.shown() == []


async def test_the_cancel_button(slow: Editor) -> None:
    request = asyncio.ensure_future(slow.resolve(await slow.action(RETURN)))
    running = await running_tests(slow)
    await slow.busy()
    ((token, reports),) = slow.client.progress_reports.items()
    begin = reports[0]
    assert isinstance(begin, types.WorkDoneProgressBegin)
    assert begin.cancellable
    slow.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
    assert (await failure(request)).code == messages.REQUEST_CANCELLED
    await slow.settle()
    assert isinstance(reports[-1], types.WorkDoneProgressEnd)
    _, alive = await asyncio.to_thread(psutil.wait_procs, running, timeout=5)
    assert alive == []


async def test_progress_only_goes_forward(tmp_path: Path) -> None:
    async with editing("visual_studio_code", project(tmp_path / "project")) as editor:
        editor.open(BUGGY)
        await editor.resolve(await editor.action(RETURN))
        await editor.settle()
        (reports,) = editor.client.progress_reports.values()
        kinds = [type(report) for report in reports]
        assert kinds[0] is types.WorkDoneProgressBegin
        assert kinds[-1] is types.WorkDoneProgressEnd
        assert set(kinds[1:-1]) == {types.WorkDoneProgressReport}
        percents = [getattr(report, "percentage", 100) for report in reports]
        assert percents == sorted(percents)


async def test_other_requests_are_answered_meanwhile(slow: Editor) -> None:
    request = asyncio.ensure_future(slow.resolve(await slow.action(RETURN)))
    await while_tests_run(slow)
    for _ in range(20):
        slow.type(0, 0, "#")
        async with asyncio.timeout(5):
            assert await slow.actions(RETURN, "wrong")
    assert not request.done()
    request.cancel()


async def test_many_rapid_requests_are_each_answered_once(slow: Editor) -> None:
    action = await slow.action(RETURN)
    replies: list[str | int] = []
    futures = []
    for number in range(20):
        future = resolving(slow, action, f"resolve {number}")
        future.add_done_callback(lambda _, number=number: replies.append(number))
        futures.append(future)
    errors = [await failure(future) for future in futures[:-1]]
    assert {error.code for error in errors} == {messages.REQUEST_CANCELLED}
    await while_tests_run(slow)
    assert not futures[-1].done()
    slow.client.cancel_request(types.CancelParams(id="resolve 19"))
    assert (await failure(futures[-1])).code == messages.REQUEST_CANCELLED
    assert sorted(replies) == list(range(20))


async def test_the_queue_of_documents_is_bounded(slow: Editor, tmp_path: Path) -> None:
    futures = []
    for number in range(MAX_WAITING + 3):
        slow.uri = (tmp_path / "project" / f"ages{number}.py").as_uri()
        slow.open(BUGGY)
        action = await slow.action(RETURN)
        futures.append(resolving(slow, action, f"resolve {number}"))
        if number == 0:
            await while_tests_run(slow)
    for future in futures[MAX_WAITING + 1 :]:
        error = await failure(future)
        assert (error.code, error.message[:4]) == (messages.REQUEST_FAILED, "busy")
    assert not any(future.done() for future in futures[: MAX_WAITING + 1])


async def test_a_fix_says_what_it_waits_for(slow: Editor) -> None:
    first = resolving(slow, await slow.action(RETURN, "wrong"), "first")
    await while_tests_run(slow)
    slow.uri = slow.uri.replace("ages.py", "other.py")
    slow.open(BUGGY)
    second = resolving(slow, await slow.action(RETURN), "second")
    await slow.until(lambda: len(slow.client.progress_reports) == 2)
    begin = list(slow.client.progress_reports.values())[1][0]
    assert isinstance(begin, types.WorkDoneProgressBegin)
    assert begin.message == "waiting for: Fixing a diagnostic"
    for request in (first, second):
        request.cancel()


async def test_shutdown_answers_what_is_still_open(slow: Editor) -> None:
    request = asyncio.ensure_future(slow.resolve(await slow.action(RETURN)))
    await while_tests_run(slow)
    slow.at_end = False
    await slow.client.shutdown_async(None)
    assert (await failure(request)).code == messages.REQUEST_CANCELLED


@pytest.mark.parametrize("how", ["standard input closed", "exit", "terminated"])
async def test_nothing_is_left_when_the_editor_leaves_in_mid_fix(slow: Editor, how: str) -> None:
    server = slow.server
    assert server
    assert server.stdin
    asyncio.ensure_future(slow.resolve(await slow.action(RETURN))).add_done_callback(
        lambda done: done.cancelled() or done.exception()
    )
    running = [*await while_tests_run(slow), psutil.Process(server.pid)]
    slow.at_end = False
    if how == "exit":
        slow.client.exit(None)
    elif how == "terminated":
        server.terminate()
    else:
        server.stdin.close()
    _, alive = await asyncio.to_thread(psutil.wait_procs, running, timeout=2.0)
    assert alive == []


async def test_the_model_worker_is_killed_between_two_fixes(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    async with editing("visual_studio_code", folder, verify="off") as editor:
        editor.open(BUGGY)
        await editor.resolve(await editor.action(RETURN, "wrong"))
        (worker,) = [each for each in children(editor) if "worker" in command(each)]
        worker.kill()
        worker.wait(5)
        resolved = await editor.resolve(await editor.action(RETURN, "wrong"))
        assert resolved.edit


async def test_the_model_worker_is_killed_in_mid_fix(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    async with editing("visual_studio_code", folder, verify="off") as editor:
        editor.open(BUGGY)
        await editor.resolve(await editor.action(RETURN, "wrong"))
        (worker,) = [each for each in children(editor) if "worker" in command(each)]
        worker.suspend()  # it would answer sooner than it is killed
        request = resolving(editor, await editor.action(RETURN, "wrong"), "second")
        await editor.until(lambda: has_input(worker.pid))
        worker.kill()
        try:
            edit = (await request).edit
        except JsonRpcException as error:
            told = error.message
        else:
            assert edit
            assert edit.change_annotations
            (annotation,) = edit.change_annotations.values()
            told = annotation.description or ""
        assert "the model worker ended (signal 9)" in told
        assert "Ask again" in told
        resolved = await editor.resolve(await editor.action(RETURN, "wrong"))
        assert resolved.edit


async def test_the_idle_model_is_unloaded(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    async with editing("visual_studio_code", folder, verify="off", unload_seconds=0.5) as editor:
        editor.open(BUGGY)
        assert editor.server
        server = psutil.Process(editor.server.pid)
        before = server.memory_info().rss
        await editor.resolve(await editor.action(RETURN, "wrong"))
        assert children(editor)
        await editor.until(lambda: not children(editor))
        assert server.memory_info().rss - before < 50 << 20
