"""`repairlsp.fixTest`: search for what makes a failing test pass, wherever in the project it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lsprotocol import types

from repairlsp.server.answers import ContentModifiedError, RequestFailedError
from repairlsp.server.asking import check_that_tests_may_run, request_for_tests
from repairlsp.server.capabilities import FIX_TEST_COMMAND
from repairlsp.server.commands.wanted import WantedTests
from repairlsp.server.fixing import run_engine
from repairlsp.server.proposals import ProposedFix, proposed_fixes
from repairlsp.server.proposing import propose
from repairlsp.server.session import Session
from repairlsp.server.suggestion import why_none
from repairlsp.server.testreport import report_of_run
from repairlsp.server.working import failures_shown, work
from repairlsp.types import CancelToken, Observer, RepairResult

NAME = FIX_TEST_COMMAND


async def handle(session: Session, arguments: Sequence[Any], token: str | int | None) -> None:
    place = WantedTests.from_arguments(NAME, arguments, session)
    session.check_that_edits_can_be_made()
    scene = session.scene(place.project)

    def task(observe: Observer, cancel: CancelToken) -> tuple[RepairResult, list[ProposedFix]]:
        request = request_for_tests(scene, session.settings(scene), place.tests)
        result = run_engine(session, request, observe, cancel)
        return result, proposed_fixes(result, scene)

    with failures_shown(session):
        check_that_tests_may_run(scene)
        title = f"Fixing {place.name}"
        key, seconds = f"tests of {place.project}", scene.configuration.search_seconds
        result, fixes = await work(session, key, title, token, seconds, task)
        run = result.before
        assert run is not None  # there is always a command
        report = report_of_run(place.project, run, result.locations)
        session.failures.record(report, scene.texts({each.file for each in report.places}))
        if not any(place.holds(case.id) for case in run.cases):
            raise RequestFailedError(
                f"{place.name} is not among the tests that ran; "
                "save its file, or look at the setting test_command"
            )
        if result.status == "nothing-failing":
            session.show(f"nothing to fix: {place.name} passes", types.MessageType.Info)
            return
        if not result.patches:
            raise RequestFailedError(why_none(result))
        if not fixes:
            raise ContentModifiedError(
                "the files were changed while the fix was searched, so it no longer fits; "
                "search again"
            )
    repaired = [case.id for case in run.failing if place.holds(case.id)]
    await propose(session, f"Fix of {place.name}", place.project, repaired, fixes)
