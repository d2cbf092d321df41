"""`codeAction/resolve`: the user chose an offered fix; find it and fill in its edit."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.fixing import find_fix
from repairlsp.server.session import Session
from repairlsp.server.targets import Target

METHOD = types.CODE_ACTION_RESOLVE


async def handle(session: Session, params: types.CodeAction) -> types.CodeAction:
    if params.data is None and params.command is not None:
        return params  # its command does the work; editors ask for the edit all the same
    target = Target.from_data(params.data)
    fix = await find_fix(session, target, token=None)
    params.edit = fix.edit
    params.title = f"{params.title} ({fix.proof})"
    # Beside what we sent, for clients that list what proves a fix (docs/editors.md).
    params.data = target.to_data() | {"tests": list(fix.tests)}
    # The key of an editor's "apply the preferred fix": only for what the tests have proved, and
    # what does not look as if it only silenced them.
    params.is_preferred = True if fix.preferred else None
    return params
