"""`node --test`, for JavaScript and TypeScript, with a reporter of ours (`node/reporter.mjs`)."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from repair_eval.runners.base import Job
from repair_eval.runners.box import Box, BoxedSession
from repair_eval.runners.judgement import judged
from repair_eval.runners.programs import lacking, readable, version
from repair_eval.suite.vocabulary import Language
from repairlsp.types import TestCase, TestRun

_OURS = Path(__file__).with_name("node")
_OLDEST = (20, 11)
"""The first Node 20 with `--test-timeout`."""
_STRIPS_TYPES = (22, 18)
"""The first Node 22 that runs TypeScript without being asked."""
_MEMORY_BYTES = 64 << 30
"""V8 reserves address space by the gigabyte; `--max-old-space-size` bounds what it uses."""
_HEAP_MB = 512
_START_SECONDS = 20.0
"""Node counts the start of a test file as its tests', and to remove the types from TypeScript takes
a second, or ten on a busy machine."""


class NodeSession(BoxedSession):
    """A project and the command that tests it."""

    def __init__(self, job: Job, box: Box) -> None:
        super().__init__(job, box)
        self._typescript = typescript_package() if job.language == "typescript" else None

    def _run_in(self, box: Box) -> TestRun:
        job = self._job
        report = box.reports / "report.jsonl"
        packages = [self._typescript] if self._typescript else []
        completed = box.run(
            self._command(box.project, report),
            seconds=job.seconds,
            memory_bytes=_MEMORY_BYTES,
            env={"REPAIR_EVAL_TYPESCRIPT": str(self._typescript)} if self._typescript else {},
            readable=[*readable("node"), *packages, _OURS],
        )
        cases, complete = _read(report, box.project)
        return judged(completed, cases, complete=complete)

    def _command(self, project: Path, report: Path) -> list[str]:
        node, test, *rest = self._job.command
        options = [
            f"--max-old-space-size={_HEAP_MB}",
            f"--test-reporter={_OURS / 'reporter.mjs'}",
            f"--test-reporter-destination={report}",
            f"--test-timeout={1000 * (_START_SECONDS + self._job.case_seconds):.0f}",
            "--test-concurrency=1",
        ]
        if self._job.language == "typescript" and not _node_strips_types():
            options += ["--import", (_OURS / "typescript.mjs").as_uri()]
            # That Node does not look for TypeScript by itself.
            rest = rest or sorted(
                path.relative_to(project).as_posix() for path in project.rglob("*.test.*ts")
            )
        return [node, test, *options, *rest]


class NodeAdapter:
    """JavaScript and TypeScript."""

    def missing(self, language: Language) -> str | None:
        """Node itself, or what strips types."""
        problem = lacking("node", _OLDEST)
        if problem is None and language == "typescript" and not _node_strips_types():
            return None if typescript_package() else "no typescript package, nor node 22.18"
        return problem

    @contextmanager
    def open(self, job: Job) -> Iterator[NodeSession]:
        """See `Adapter`."""
        with Box(job.project, job.sandbox, job.cancel) as box:
            yield NodeSession(job, box)


def _node_strips_types() -> bool:
    return (version("node") or ()) >= _STRIPS_TYPES


@cache
def typescript_package() -> Path | None:
    """The folder of the `typescript` package beside the Node on the path, or in NODE_PATH."""
    node = shutil.which("node")
    if node is None:
        return None
    prefixes = dict.fromkeys([Path(node).parents[1], Path(node).resolve().parents[1]])
    folders = [Path(entry) for entry in os.environ.get("NODE_PATH", "").split(os.pathsep) if entry]
    folders += [prefix / "lib" / "node_modules" for prefix in prefixes]
    found = (folder / "typescript" for folder in folders)
    return next((folder for folder in found if (folder / "package.json").is_file()), None)


def _read(report: Path, project: Path) -> tuple[list[TestCase], bool]:
    """The cases of a report, and whether it has its end."""
    try:
        lines = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    except (FileNotFoundError, ValueError):
        return [], False
    cases = [_case(line, project) for line in lines if "name" in line]
    return cases, bool(lines) and lines[-1].get("end") is True


def _case(line: dict[str, object], project: Path) -> TestCase:
    file, name = Path(str(line["file"])), line["name"]
    assert isinstance(name, list)
    path = file.relative_to(project).as_posix() if file.is_relative_to(project) else file.name
    outcome = line["outcome"]
    assert outcome in ("passed", "failed", "skipped", "error")
    message = str(line["message"])
    if outcome == "error" and not message:
        message = "ended before its first test"
    return TestCase(
        id="::".join([path, " > ".join(name)]) if name else path,
        outcome=outcome,
        message=message,
        seconds=float(str(line["seconds"])),
    )
