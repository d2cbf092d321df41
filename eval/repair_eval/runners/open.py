"""From a defect to a session: which adapter, which command, and what is missing for it here."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import MappingProxyType

from repair_eval.runners.base import Adapter, Job, Session
from repair_eval.runners.cargo import CargoAdapter
from repair_eval.runners.make import MakeAdapter
from repair_eval.runners.needs import unmet
from repair_eval.runners.node import NodeAdapter
from repair_eval.runners.pytest import PytestAdapter
from repair_eval.suite import Defect, TestSet
from repair_eval.suite.defect import RunnerName
from repairlsp.sandbox import NEVER, Sandbox
from repairlsp.types import CancelToken

ADAPTERS: Mapping[RunnerName, Adapter] = MappingProxyType(
    {
        "pytest": PytestAdapter(),
        "node": NodeAdapter(),
        "make": MakeAdapter(),
        "cargo": CargoAdapter(),
    }
)


def missing(defect: Defect) -> str | None:
    """What this machine lacks to test the defect, in a few words; None for nothing."""
    problem = ADAPTERS[defect.tests.runner].missing(defect.language)
    problems = (problem, _no_program(defect), *map(unmet, defect.needs))
    return next((problem for problem in problems if problem), None)


def _no_program(defect: Defect) -> str | None:
    """The first program that the commands name by its whole path and that is not there."""
    for command in (defect.tests.command, defect.tests.hidden_command):
        program = next((word for word in command if "=" not in word), "")
        if Path(program).is_absolute() and not Path(program).is_file():
            return f"no {program}"
    return None


def open_session(
    defect: Defect,
    project: Path,
    tests: TestSet,
    sandbox: Sandbox,
    cancel: CancelToken = NEVER,
) -> AbstractContextManager[Session]:
    """A session for a version of the defect that `content.lay_out` wrote into `project` with
    `tests`. Ask `missing` first."""
    plan = defect.tests
    job = Job(
        project=project,
        language=defect.language,
        command=plan.hidden_command if tests == "all" else plan.command,
        seconds=plan.seconds,
        case_seconds=plan.case_seconds,
        sandbox=sandbox,
        cancel=cancel,
    )
    return ADAPTERS[plan.runner].open(job)
