"""One fix, from the user's choice in a menu to the edit for the document, or the reason for none.

The document may change at any moment, and editors apply an edit that comes too late all the same.
So its version is compared before the work starts and again when it is done.
"""

from __future__ import annotations

import asyncio
import logging

from lsprotocol import types

from repairlsp.errors import CancelledError, RepairlspError
from repairlsp.server.answers import (
    AnswerError,
    ContentModifiedError,
    RequestCancelledError,
    RequestFailedError,
)
from repairlsp.server.asking import Question, question, repair_request
from repairlsp.server.documents import Document
from repairlsp.server.jobs import BusyError, ReplacedError
from repairlsp.server.session import Session
from repairlsp.server.suggestion import Fix, NoFix, fix_of
from repairlsp.server.targets import Target
from repairlsp.settings import Loaded
from repairlsp.types import CancelToken, Observer, RepairResult

logger = logging.getLogger(__name__)


async def find_fix(session: Session, target: Target, token: str | int | None) -> Fix:
    """The fix of `target`, found on the job's thread with progress shown under `token`.

    Raises an AnswerError, whose message is shown here unless the client shows it, so that the user
    sees it once. A cancelled search shows nothing, since it is what the user wanted.
    """
    try:
        return await _find_fix(session, target, token)
    except RequestCancelledError:
        raise
    except AnswerError as error:
        _show(session, error)
        raise
    except RepairlspError as error:
        failed = RequestFailedError(f"{error}. {error.hint}" if error.hint else str(error))
        _show(session, failed)
        raise failed from error


def _show(session: Session, error: AnswerError) -> None:
    if not session.client.shows_errors:
        session.show(str(error))


async def _find_fix(session: Session, target: Target, token: str | int | None) -> Fix:
    document = _current(session, target)
    asked = question(target, document, session.documents, session.folders, session.configuration)
    result = await _search(session, asked, token)
    _current(session, target)
    fix = fix_of(result, asked, session.client)
    if isinstance(fix, NoFix):
        raise RequestFailedError(fix.reason)
    if not fix.preferred and not session.client.change_annotations:
        # Where the edit itself can carry the warning, the client shows it and asks.
        remark = f" ({fix.remark})" if fix.remark else ""
        session.show(f"this fix is {fix.proof}{remark}: review it", types.MessageType.Info)
    return fix


def _current(session: Session, target: Target) -> Document:
    """The target's document, if it still is the version that the target is about."""
    document = session.documents.get(target.uri)
    if document is None or document.version != target.version:
        raise ContentModifiedError(
            "the document was changed since this fix was offered, so it was not applied; ask again"
        )
    return document


async def _search(session: Session, asked: Question, token: str | int | None) -> RepairResult:
    """Run the engine as a job. Raises an AnswerError when there is no result."""
    settings: list[Loaded] = []
    waiting = asyncio.current_task()
    assert waiting is not None
    by_button = False

    def press_cancel() -> None:
        nonlocal by_button
        by_button = True
        waiting.cancel()

    title = "Fixing a bug" if asked.target.finding is None else "Fixing a diagnostic"
    try:
        async with session.progress.report(title, token, press_cancel) as report:
            observe = report.observer()

            def work(cancel: CancelToken) -> RepairResult:
                settings.append(asked.configuration.for_project(asked.project))
                return _repair(session, asked, settings[0], observe, cancel)

            try:
                return await session.jobs.run(asked.document.uri, work)
            finally:
                session.model.rest()
                session.complain(settings[0].warnings if settings else ())
    except asyncio.CancelledError:
        if not by_button:
            raise  # `$/cancelRequest`, which the protocol answers
        waiting.uncancel()
        raise RequestCancelledError("cancelled") from None
    except (CancelledError, ReplacedError) as error:
        raise RequestCancelledError(str(error)) from error
    except BusyError as error:
        raise RequestFailedError(f"busy: {error}; try again when they are done") from error


def _repair(
    session: Session,
    asked: Question,
    loaded: Loaded,
    observe: Observer,
    cancel: CancelToken,
) -> RepairResult:
    """The job itself, on its thread. The engine is imported here, by the first fix."""
    from repairlsp.engine import repair

    request = repair_request(asked, loaded.settings)
    model = session.model.get(request.model)
    return repair(request, model=model, observe=observe, cancel=cancel)
