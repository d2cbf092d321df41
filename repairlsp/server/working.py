"""One job from start to end: its turn, its progress, its cancel button, and how it may fail."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from repairlsp.errors import CancelledError, RepairlspError
from repairlsp.server.answers import AnswerError, RequestCancelledError, RequestFailedError
from repairlsp.server.jobs import BusyError, ReplacedError
from repairlsp.server.session import Session
from repairlsp.types import CancelToken, Observer

T = TypeVar("T")


@contextmanager
def failures_shown(session: Session) -> Iterator[None]:
    """Turn errors of ours into answers, and show each unless the client does, so that the user
    sees it once. A cancelled job shows nothing, since it is what the user wanted.
    """
    try:
        yield
    except RequestCancelledError:
        raise
    except AnswerError as error:
        _show(session, error)
        raise
    except RepairlspError as error:
        session.status.note(error)
        failed = RequestFailedError(f"{error}. {error.hint}" if error.hint else str(error))
        _show(session, failed)
        raise failed from error


def _show(session: Session, error: AnswerError) -> None:
    if not session.client.shows_errors:
        session.show(str(error))


async def work(
    session: Session,
    key: str,
    title: str,
    token: str | int | None,
    seconds: float,
    task: Callable[[Observer, CancelToken], T],
) -> T:
    """Do `task` on the job's thread, with progress shown under `token`, and return its result.

    `key` is what the job is about: a newer one takes its place. `seconds` is how long it may take,
    which tells how far it is. Raises AnswerError, or what `task` raises.
    """

    async def run(observe: Observer) -> T:
        return await session.jobs.run(key, title, lambda cancel: task(observe, cancel))

    return await shown(session, title, token, seconds, run)


async def shown(
    session: Session,
    title: str,
    token: str | int | None,
    seconds: float,
    run: Callable[[Observer], Awaitable[T]],
) -> T:
    """What `run` returns, with its progress shown. The other arguments and errors as above."""
    waiting = asyncio.current_task()
    assert waiting is not None
    by_button = False

    def press_cancel() -> None:
        nonlocal by_button
        by_button = True
        waiting.cancel()

    first = next(iter(session.jobs.titles), "")
    try:
        async with session.progress.report(title, token, press_cancel, seconds, first) as report:
            try:
                return await run(report.observer())
            finally:
                session.model.rest()
    except asyncio.CancelledError:
        if not by_button:
            raise  # `$/cancelRequest`, which the protocol answers
        waiting.uncancel()
        raise RequestCancelledError("cancelled") from None
    except (CancelledError, ReplacedError) as error:
        raise RequestCancelledError(str(error)) from error
    except BusyError as error:
        raise RequestFailedError(f"busy: {error}; try again when they are done") from error
