"""`repairlsp.alternatives`: several fixes of one place, for the user to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from repairlsp.server.answers import RequestFailedError
from repairlsp.server.capabilities import ALTERNATIVES_COMMAND
from repairlsp.server.fixing import current_document, question, search
from repairlsp.server.proposals import proposed_fixes
from repairlsp.server.proposing import propose
from repairlsp.server.session import Session
from repairlsp.server.suggestion import stays_inside, why_none
from repairlsp.server.targets import Target
from repairlsp.server.working import failures_shown

NAME = ALTERNATIVES_COMMAND

MOST = 5
"""More fixes than that are no help in choosing one."""


async def handle(session: Session, arguments: Sequence[Any], token: str | int | None) -> None:
    target = Target.from_arguments(NAME, arguments)
    session.check_that_edits_can_be_made()
    with failures_shown(session):
        asked = question(session, target)
        result = await search(session, asked, token, MOST)
        current_document(session, target)
        inside = [patch for patch in result.patches if stays_inside(patch, asked.path)]
        # Its only file is the open document, so nothing is read here.
        fixes = proposed_fixes(replace(result, patches=tuple(inside)), asked.scene)
        if not fixes:
            raise RequestFailedError(why_none(replace(result, patches=())))
        what = target.finding.message if target.finding else asked.path
        tests = [case.id for case in result.before.failing] if result.before else []
    await propose(session, f"Fixes: {what}", asked.scene.project, tests, fixes)
