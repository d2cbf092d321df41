"""`repairlsp.runTests`: run the tests once, and show what fails and where the fault may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from repairlsp.server.asking import check_that_tests_may_run, request_for_tests
from repairlsp.server.capabilities import RUN_TESTS_COMMAND
from repairlsp.server.commands.wanted import WantedTests
from repairlsp.server.session import Session
from repairlsp.server.testreport import RunReport, report_of_run
from repairlsp.server.working import failures_shown, work
from repairlsp.types import CancelToken, Observer, TestRun

NAME = RUN_TESTS_COMMAND


async def handle(
    session: Session, arguments: Sequence[Any], token: str | int | None
) -> dict[str, Any]:
    project = WantedTests.from_arguments(NAME, arguments, session).project
    scene = session.scene(project)

    def task(observe: Observer, cancel: CancelToken) -> tuple[TestRun, RunReport]:
        from repairlsp.diagnosis import diagnose

        request = request_for_tests(scene, session.settings(scene), ())
        found = diagnose(request, observe=observe, cancel=cancel)
        return found.run, report_of_run(project, found.run, found.locations)

    with failures_shown(session):
        check_that_tests_may_run(scene)
        seconds = scene.configuration.search_seconds
        key = f"tests of {project}"
        run, report = await work(session, key, "Running the tests", token, seconds, task)
    session.failures.record(report, scene.texts({each.file for each in report.places}))
    return {
        "status": run.status,
        "passed": len(run.passing),
        "failed": len(run.failing),
        "message": run.message,
    }
