"""Check candidate patches: working copies, the test runner, the static filter, the verdict."""

from repairlsp.validate.command import TestCommand, resolve_command
from repairlsp.validate.project_copy import ProjectCopy
from repairlsp.validate.runner import TestRunReport, run_tests
from repairlsp.validate.workspace import Workspace

__all__ = [
    "ProjectCopy",
    "TestCommand",
    "TestRunReport",
    "Workspace",
    "resolve_command",
    "run_tests",
]
