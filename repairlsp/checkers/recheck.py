"""Candidates for a diagnostic, those first with which its tool has nothing to say any more.

No proof that a bug is repaired: a line taken out satisfies most tools. But a candidate that leaves
the diagnostic where it is, or brings another one, is hardly what was asked for.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from repairlsp.checkers.tool import Findings, Tool, normal, tool_of
from repairlsp.context.languages import PYTHON, language_of
from repairlsp.errors import BrokenEnvironmentError, PatchError
from repairlsp.sandbox import Sandbox, allowed_environment, choose
from repairlsp.stopwatch import Deadline
from repairlsp.types import Candidate, Diagnostic, RepairRequest
from repairlsp.validate import ProjectCopy, Workspace
from repairlsp.validate.region import can_be_parsed

_log = logging.getLogger(__name__)

_LONGEST_SHEBANG = 1024
_MOST_LINKS = 40
_MEMORY_BYTES = 64 << 30
"""Of address space, of which Node.js (pyright) reserves far more than it uses."""


class Rechecked(NamedTuple):
    """`satisfied` names the tool that says nothing about the candidate; empty: it was not asked,
    or is not satisfied."""

    candidate: Candidate
    satisfied: str = ""


def recheck(
    request: RepairRequest,
    workspace: Workspace,
    candidates: Sequence[Candidate],
    wanted: int,
    deadline: Deadline,
) -> list[Rechecked]:
    """The best `wanted` candidates, in their order but for those that satisfy the tool, which come
    first. The tool is asked until that many do, or the time is up.

    Without a diagnostic of a Python file, a tool that we know, or its program, nothing is asked.
    """
    satisfying: list[Rechecked] = []
    if request.use_checkers and request.diagnostics and candidates:
        diagnostic = request.diagnostics[0]
        try:
            satisfying = _satisfying(request, workspace, diagnostic, candidates, wanted, deadline)
        except (BrokenEnvironmentError, PatchError) as error:
            _log.info("no tool was asked about the candidates: %s", error)
    known = {id(each.candidate) for each in satisfying}
    others = [Rechecked(each) for each in candidates if id(each) not in known]
    return [*satisfying, *others][:wanted]


def _satisfying(
    request: RepairRequest,
    workspace: Workspace,
    diagnostic: Diagnostic,
    candidates: Sequence[Candidate],
    wanted: int,
    deadline: Deadline,
) -> list[Rechecked]:
    if language_of(diagnostic.path) != PYTHON:
        return []
    tool = tool_of(diagnostic.source)
    program = tool.find(request.project) if tool else None
    if tool is None or program is None:
        # Every candidate compiles, so where the text did not, that diagnostic is gone.
        broken = not can_be_parsed(workspace.source(diagnostic.path))
        return [Rechecked(each, "Python's parser") for each in candidates] if broken else []
    checker = _Checker(
        tool,
        [str(program), *tool.arguments, diagnostic.path],
        choose(request.sandbox),
        workspace.copy(),
        deadline,
    )
    before = checker.findings()
    if before is None or not (reported := _entry(before, diagnostic)):
        return []
    found: list[Rechecked] = []
    for candidate in candidates:
        if deadline.is_set() or len(found) == wanted:
            break
        with checker.copy.patched(candidate.edits):
            after = checker.findings()
        if after is not None and after[reported] < before[reported] and not after - before:
            found.append(Rechecked(candidate, tool.name))
    return found


class _Checker(NamedTuple):
    """A tool, ready to run in a copy."""

    tool: Tool
    command: list[str]
    sandbox: Sandbox
    copy: ProjectCopy
    deadline: Deadline

    def findings(self) -> Findings | None:
        """What the tool says of the copy as it now is; None when it does not work, or in time."""
        done = self.sandbox.run(
            self.command,
            cwd=self.copy.root,
            env={
                **allowed_environment(),
                "HOME": str(self.copy.home),
                "TMPDIR": str(self.copy.temporary),
                "NO_COLOR": "1",
            },
            seconds=max(self.deadline.left, 0.1),
            memory_bytes=_MEMORY_BYTES,
            writable=[self.copy.root, self.copy.home, self.copy.temporary],
            readable=[self.copy.workspace, *_environment_of(self.command[0])],
            cancel=self.deadline,
        )
        return self.tool.read(done.exit_code, done.output)


def _entry(findings: Findings, diagnostic: Diagnostic) -> tuple[str, str] | None:
    """The tool's own words for the diagnostic: an editor may have only the first line of them, or
    show more than the tool prints in one."""
    said = normal(diagnostic.message)
    for code, message in findings:
        same_code = not code or not diagnostic.code or code == diagnostic.code
        if same_code and message and (said.startswith(message) or message.startswith(said)):
            return code, message
    return None


def _environment_of(program: str) -> list[Path]:
    """The folders that a program needs: its environment and, for a script, its interpreter's."""
    places = set(_hops(Path(program)))
    try:
        with Path(program).open("rb") as file:
            first = file.readline(_LONGEST_SHEBANG)
    except OSError:
        first = b""
    if first.startswith(b"#!/"):
        places |= set(_hops(Path(os.fsdecode(first[2:].split()[0]))))
    return sorted({place.parent.parent for place in places})


def _hops(path: Path) -> Iterator[Path]:
    """A path, and where its links lead, one after the other."""
    for _ in range(_MOST_LINKS):
        yield path
        if not path.is_symlink():
            return
        path = path.parent / path.readlink()
