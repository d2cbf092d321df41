"""Show fixes before one is applied: as a diff where the client can, else in a dialog of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from lsprotocol import types

from repairlsp.server.answers import ContentModifiedError
from repairlsp.server.applying import apply_edit
from repairlsp.server.extensions import PROPOSAL
from repairlsp.server.proposals import Proposal, ProposedFix, accepted_edit
from repairlsp.server.session import Session
from repairlsp.server.suggestion import proof_of

_MAX_DIFF_LINES = 20


async def propose(
    session: Session,
    title: str,
    project: Path,
    tests: Iterable[str],
    fixes: Sequence[ProposedFix],
) -> None:
    """Show the fixes, and apply what the user chooses. There must be one at least.

    A client that shows proposals itself is only told of them: it accepts one when its user does.
    """
    proposal = session.proposals.add(title, project, tests, fixes)
    if session.client.proposals:
        session.protocol.notify(PROPOSAL, proposal.to_json())
        return
    chosen = await _choose(session, proposal)
    if chosen is None:
        return
    try:
        edit = accept(session, proposal, chosen)
    except ContentModifiedError as error:
        session.show(str(error))
        return
    await apply_edit(session, edit, f"{title} ({proof_of(chosen.patch)})")


def accept(session: Session, proposal: Proposal, fix: ProposedFix) -> types.WorkspaceEdit:
    """The edit that the user wants. Raises ContentModifiedError when a file was changed since."""
    edit = accepted_edit(fix, session.scene(proposal.project), session.client)
    if fix.patch.status == "verified":
        session.failures.repaired(proposal.project, proposal.tests)
    return edit


async def _choose(session: Session, proposal: Proposal) -> ProposedFix | None:
    """Ask with `window/showMessageRequest`; None when the user wants none of them."""
    if len(proposal.fixes) == 1:
        (only,) = proposal.fixes
        buttons = {"Apply": only}
        text = f"{proposal.title}: {proof_of(only.patch)}{_in_brackets(only.remark)}\n\n"
        text += _shortened(only.patch.diff)
    else:
        buttons = {f"{fix.label} ({proof_of(fix.patch)})": fix for fix in proposal.fixes}
        text = proposal.title
    actions = [types.MessageActionItem(title) for title in (*buttons, "Dismiss")]
    params = types.ShowMessageRequestParams(types.MessageType.Info, f"repairlsp: {text}", actions)
    answer = await session.ask(types.WINDOW_SHOW_MESSAGE_REQUEST, params)
    return buttons.get(answer.title) if answer is not None else None


def _in_brackets(remark: str) -> str:
    return f" ({remark})" if remark else ""


def _shortened(diff: str) -> str:
    lines = diff.splitlines()
    more = len(lines) - _MAX_DIFF_LINES
    return "\n".join([*lines[:_MAX_DIFF_LINES], *([f"({more} more lines)"] if more > 0 else [])])
