"""`textDocument/codeAction`: which fixes are on offer. It is asked on every cursor move."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server import prefetching
from repairlsp.server.capabilities import ALTERNATIVES_COMMAND, FIX_COMMAND, FIX_TEST_COMMAND
from repairlsp.server.client import Client
from repairlsp.server.documents import Document
from repairlsp.server.folders import project_of
from repairlsp.server.offers import Offer, offers
from repairlsp.server.session import Session

METHOD = types.TEXT_DOCUMENT_CODE_ACTION


async def handle(
    session: Session, params: types.CodeActionParams
) -> list[types.CodeAction | types.Command]:
    automatic = params.context.trigger_kind == types.CodeActionTriggerKind.Automatic
    document = session.documents.get(params.text_document.uri)
    if document is None or (automatic and not _wants_offers(session, document)):
        return []
    is_cell = session.notebooks.holds(document.uri)
    found = offers(document, params.range, params.context, is_cell=is_cell)
    if latest := next((each.target for each in found if each.target.finding), None):
        prefetching.saw(session, latest)
    problem = session.status.problem
    shown = [_action(_disabled(offer, problem), session.client) for offer in found]
    return [action for action in shown if action is not None]


def _wants_offers(session: Session, document: Document) -> bool:
    """Whether the user wants to hear of fixes that were not asked for."""
    file = session.file_of(document.uri)
    project = project_of(file, session.folders) if file else None
    settings = session.configuration_of(project) if project else session.configuration
    return settings.automatic


def _disabled(offer: Offer, problem: str) -> Offer:
    """The offer, disabled where nothing can be fixed at all: with the words of the status."""
    return offer._replace(disabled=problem) if problem and not offer.disabled else offer


def _action(offer: Offer, client: Client) -> types.CodeAction | types.Command | None:
    """The offer in the form that the client understands; None where there is no such form."""
    if (offer.several or offer.test) and not (client.apply_edit or client.proposals):
        return None
    command = _command(offer)
    if not client.code_action_literals:
        return None if offer.disabled else command
    if offer.disabled and not client.disabled_actions:
        return None
    lazy = client.lazy_edit and not offer.several and offer.test is None
    return types.CodeAction(
        title=offer.title,
        kind=offer.kind,
        diagnostics=[offer.diagnostic] if offer.diagnostic else None,
        disabled=types.CodeActionDisabled(offer.disabled) if offer.disabled else None,
        command=None if lazy or offer.disabled else command,
        data=offer.target.to_data() if lazy else None,
    )


def _command(offer: Offer) -> types.Command:
    if offer.test is not None:
        return types.Command(offer.title, FIX_TEST_COMMAND, arguments=[offer.test])
    name = ALTERNATIVES_COMMAND if offer.several else FIX_COMMAND
    return types.Command(offer.title, name, arguments=[offer.target.to_data()])
