"""One fix, from the user's choice in a menu to the edit for the document, or the reason for none.

The document may change at any moment, and editors apply an edit that comes too late all the same.
So its version is compared before the work starts and again when it is done.
"""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.answers import ContentModifiedError, RequestFailedError
from repairlsp.server.asking import Question, check_that_it_can_be_fixed, repair_request
from repairlsp.server.cells import foreign_magic
from repairlsp.server.documents import Document
from repairlsp.server.folders import project_of
from repairlsp.server.session import Session
from repairlsp.server.suggestion import Fix, NoFix, fix_of
from repairlsp.server.targets import Target
from repairlsp.server.working import failures_shown, shown, work
from repairlsp.types import CancelToken, Observer, RepairRequest, RepairResult


async def find_fix(session: Session, target: Target, token: str | int | None) -> Fix:
    """The fix of `target`, found on the job's thread with progress shown under `token`.

    Raises an AnswerError, whose message the user has then seen.
    """
    with failures_shown(session):
        asked = question(session, target)
        result = await search(session, asked, token)
        current_document(session, target)
        fix = fix_of(result, asked, session.client)
        if isinstance(fix, NoFix):
            raise RequestFailedError(fix.reason)
        if not fix.preferred and not session.client.change_annotations:
            # Where the edit itself can carry the warning, the client shows it and asks.
            remark = f" ({fix.remark})" if fix.remark else ""
            session.show(f"this fix is {fix.proof}{remark}: review it", types.MessageType.Info)
        return fix


def question(session: Session, target: Target) -> Question:
    """The question about a target. Raises AnswerError for one that is out of date, or too long."""
    document = current_document(session, target)
    file = session.file_of(document.uri)
    if file is None:
        raise RequestFailedError(f"only files on this machine can be fixed, not {document.uri}")
    check_that_it_can_be_fixed(document)
    scene = session.scene(project_of(file, session.folders))
    if file in scene.cells and (magic := foreign_magic(document.text)):
        raise RequestFailedError(f"the cell is not Python: it begins with {magic}")
    return Question(target, document, file, scene)


def current_document(session: Session, target: Target) -> Document:
    """The target's document, if it still is the version that the target is about."""
    document = session.documents.get(target.uri)
    if document is None or document.version != target.version:
        raise ContentModifiedError(
            "the document was changed since this fix was offered, so it was not applied; ask again"
        )
    return document


async def search(
    session: Session, asked: Question, token: str | int | None, patches: int = 1
) -> RepairResult:
    """Run the engine as a job. Raises AnswerError when there is no result."""
    title = "Fixing a bug" if asked.target.finding is None else "Fixing a diagnostic"
    key, seconds = asked.document.uri, asked.scene.configuration.max_seconds
    if patches == 1 and (begun := session.ahead.take(asked.target)):
        session.jobs.keep(key)
        return await shown(session, title, token, seconds, begun.join)

    def task(observe: Observer, cancel: CancelToken) -> RepairResult:
        request = repair_request(asked, session.settings(asked.scene), patches)
        return answer(session, asked, request, observe, cancel)

    return await work(session, key, title, token, seconds, task)


def answer(
    session: Session,
    asked: Question,
    request: RepairRequest,
    observe: Observer,
    cancel: CancelToken,
) -> RepairResult:
    """What the engine says to a question, as patches of its document alone."""
    result = run_engine(session, request, observe, cancel)
    return asked.module.cut(result) if asked.module else result


def run_engine(
    session: Session, request: RepairRequest, observe: Observer, cancel: CancelToken
) -> RepairResult:
    """The job itself, on its thread. The engine is imported here, by the first fix."""
    from repairlsp.engine import repair

    model = session.model.get(request.model)
    return repair(request, model=model, observe=observe, cancel=cancel)
