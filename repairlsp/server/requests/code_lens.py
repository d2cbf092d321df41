"""`textDocument/codeLens`: "Fix failing test" above each test that failed in the last run."""

from __future__ import annotations

from lsprotocol import types

from repairlsp.server.capabilities import FIX_TEST_COMMAND
from repairlsp.server.session import Session
from repairlsp.server.testfunctions import find_tests, function_of

METHOD = types.TEXT_DOCUMENT_CODE_LENS


async def handle(session: Session, params: types.CodeLensParams) -> list[types.CodeLens]:
    uri = params.text_document.uri
    document = session.documents.get(uri)
    failing = session.failures.failing_in(uri)
    if document is None or not failing:
        return []
    # One lens for all cases of a parametrized test; a file that cannot be collected has no "::".
    ids = {function_of(each.test): each.test.partition("[")[0] for each in failing}
    lenses = [_lens(uri, ids[""], 0)] if "" in ids else []
    found = find_tests(document.lines)
    lenses += [_lens(uri, ids[each.name], each.line) for each in found if each.name in ids]
    return lenses


def _lens(uri: str, test: str, line: int) -> types.CodeLens:
    place = types.Position(line, 0)
    arguments = [{"uri": uri, "test": test}]
    command = types.Command("Fix failing test", FIX_TEST_COMMAND, arguments=arguments)
    return types.CodeLens(types.Range(place, place), command)
