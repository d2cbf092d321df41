"""`repairlsp.fix`: a code action's fix, for clients that cannot resolve code actions lazily."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from repairlsp.server.applying import apply_edit
from repairlsp.server.capabilities import FIX_COMMAND
from repairlsp.server.fixing import find_fix
from repairlsp.server.session import Session
from repairlsp.server.targets import Target

NAME = FIX_COMMAND


async def handle(session: Session, arguments: Sequence[Any], token: str | int | None) -> None:
    target = Target.from_arguments(NAME, arguments)
    session.check_that_edits_can_be_made()
    fix = await find_fix(session, target, token)
    await apply_edit(session, fix.edit, f"Fix this bug ({fix.proof})")
