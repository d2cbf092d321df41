"""`make check`, for C and Java: the harness of the suite writes TAP files, one per test program.

TAP (https://testanything.org/tap-version-13-specification.html), with the plan first: a program
that ends too early leaves fewer tests than it promised. The harness writes into the folder that
TAP_DIR names, and gives each test CASE_SECONDS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from repair_eval.runners.base import MEMORY_BYTES, Job
from repair_eval.runners.box import Box, BoxedSession
from repair_eval.runners.judgement import judged
from repair_eval.runners.programs import lacking, readable
from repair_eval.suite.vocabulary import Language
from repairlsp.types import Outcome, TestCase, TestRun

_PROGRAMS = {"c": ("make", "cc"), "java": ("make", "javac", "java")}
# Java reserves address space for all of its memory at the start; these tests need little, and
# compile so little that the first compiler is the faster one.
_JAVA = "-Xmx256m -Xss2m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData"
_LINE = re.compile(r"(?P<bad>not )?ok \d+ - (?P<name>.*?)(?: # (?P<directive>SKIP|TODO)\b.*)?")
_PLAN = re.compile(r"1\.\.(\d+)")
_MESSAGE = re.compile(r"# (?P<text>.*)")


class MakeSession(BoxedSession):
    """A project and the command that builds and tests it; what was built stays for the next run."""

    def _run_in(self, box: Box) -> TestRun:
        job = self._job
        completed = box.run(
            job.command,
            seconds=job.seconds,
            memory_bytes=MEMORY_BYTES,
            env={
                "TAP_DIR": str(box.reports),
                "CASE_SECONDS": f"{job.case_seconds:.0f}",
                "JAVA_TOOL_OPTIONS": _JAVA,
                "LC_ALL": "C.UTF-8",
            },
            readable=[*readable(*_PROGRAMS[job.language]), *Path("/etc").glob("java*")],
        )
        cases: list[TestCase] = []
        complete = True
        for report in sorted(box.reports.glob("*.tap")):
            told, whole = read_tap(report.read_text("utf-8", "replace"), report.stem)
            cases += told
            complete = complete and whole
        return judged(completed, cases, complete=complete)


class MakeAdapter:
    """C and Java."""

    def missing(self, language: Language) -> str | None:
        """make, or the language's compiler."""
        problems = (lacking(program) for program in _PROGRAMS[language])
        return next((problem for problem in problems if problem), None)

    @contextmanager
    def open(self, job: Job) -> Iterator[MakeSession]:
        """See `Adapter`."""
        with Box(job.project, job.sandbox, job.cancel) as box:
            yield MakeSession(job, box)


def read_tap(text: str, program: str) -> tuple[list[TestCase], bool]:
    """The cases of one program's report, and whether it holds as many as its plan promised. A
    comment right below a test is its message. Ids are PROGRAM::TEST."""
    cases: list[TestCase] = []
    planned: int | None = None
    for line in text.splitlines():
        if plan := _PLAN.fullmatch(line):
            planned = int(plan[1])
        elif test := _LINE.fullmatch(line):
            outcome: Outcome = "failed" if test["bad"] else "passed"
            if test["directive"]:
                outcome = "skipped"
            cases.append(TestCase(f"{program}::{test['name']}", outcome))
        elif (comment := _MESSAGE.fullmatch(line)) and cases and not cases[-1].message:
            cases[-1] = TestCase(cases[-1].id, cases[-1].outcome, comment["text"])
    return cases, planned == len(cases)
