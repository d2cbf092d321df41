"""Check candidate patches: working copies, the test runner, the static filter, the verdict.

with Workspace(project, overlays) as workspace:
    command = resolve_command(workspace, ["pytest", "-q"], sandbox)
    copy = workspace.copy()
    before = run_tests(copy, command, sandbox, seconds=..., memory_bytes=..., coverage=True)
    plan = ValidationPlan(command, sandbox, before.run, targets, time_limits(before.run), ...)
    with Slot(copy, plan) as slot:
        validation = validate(candidate, slot, plan)
"""

from repairlsp.validate.command import TestCommand, resolve_command
from repairlsp.validate.limits import TimeLimits, time_limits
from repairlsp.validate.plan import ValidationPlan
from repairlsp.validate.project_copy import ProjectCopy
from repairlsp.validate.runner import TestRunReport, run_tests
from repairlsp.validate.slot import Slot
from repairlsp.validate.static import fingerprint, static_reject
from repairlsp.validate.verify import validate
from repairlsp.validate.workspace import Workspace

__all__ = [
    "ProjectCopy",
    "Slot",
    "TestCommand",
    "TestRunReport",
    "TimeLimits",
    "ValidationPlan",
    "Workspace",
    "fingerprint",
    "resolve_command",
    "run_tests",
    "static_reject",
    "time_limits",
    "validate",
]
