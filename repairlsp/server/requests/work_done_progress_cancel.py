"""`window/workDoneProgress/cancel`: the user pressed the cancel button of a progress report."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.session import Session

METHOD = types.WINDOW_WORK_DONE_PROGRESS_CANCEL


async def handle(session: Session, params: types.WorkDoneProgressCancelParams) -> None:
    session.progress.cancel(params.token)
