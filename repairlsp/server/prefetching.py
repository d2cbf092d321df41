"""`prefetch = true`: search for the fix of the latest diagnostic before it is asked for.

Other jobs come first, and end it. Its tests run at a low priority of the operating system. The
model does not: its process is the one that the next fix uses, and a priority once lowered can only
be raised again by root.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from repairlsp.server.asking import repair_request
from repairlsp.server.fixing import answer, question
from repairlsp.server.folders import project_of
from repairlsp.server.session import Session
from repairlsp.server.targets import Target
from repairlsp.types import CancelToken, Observer, RepairResult

T = TypeVar("T")

NICENESS = 5
"""A third of what others get of a busy core: whoever asks in mid-search waits at this priority."""


def saw(session: Session, target: Target) -> None:
    """The client asked what can be done about a diagnostic."""
    session.ahead.saw(target)
    _when_idle(session, target.uri)


def saved(session: Session, uri: str) -> None:
    if document := session.documents.get(uri):
        session.ahead.saved(uri, document.version)
        _when_idle(session, uri)


def _when_idle(session: Session, uri: str) -> None:
    file = session.file_of(uri)
    if file is None or session.status.problem:
        return
    if not session.configuration_of(project_of(file, session.folders)).prefetch:
        return

    async def search(target: Target, observe: Observer) -> RepairResult:
        asked = question(session, target)

        def low(cancel: CancelToken) -> RepairResult:
            request = repair_request(asked, session.settings(asked.scene))
            # Here, since a process keeps the priority that it was born with.
            session.model.get(request.model).warm_up()
            return _at_low_priority(lambda: answer(session, asked, request, observe, cancel))

        try:
            title = "Fixing ahead of time"
            return await session.jobs.run(asked.document.uri, title, low, low=True)
        finally:
            session.model.rest()

    session.ahead.when_idle(search)


def _lower() -> None:
    if sys.platform == "linux":  # elsewhere there is one for the whole process, or none
        mine = threading.get_native_id()
        now = os.getpriority(os.PRIO_PROCESS, mine)
        os.setpriority(os.PRIO_PROCESS, mine, now + NICENESS)


_thread = ThreadPoolExecutor(1, "ahead", initializer=_lower)
"""Beside the jobs' own, which waits for it: a thread's priority is only ever lowered. It stays, as
the children of a thread that ends get their death signal."""


def _at_low_priority(work: Callable[[], T]) -> T:
    return _thread.submit(work).result()
