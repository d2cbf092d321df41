"""`cargo test`, for Rust: cargo builds, then each test executable runs and reports in JSON.

libtest's JSON report is unstable in name, though its form has not changed since 2018: stable
toolchains give it where RUSTC_BOOTSTRAP is set, and only the executables see that here. The plain
report is text between the output of the tested code, and `cargo test` takes a process that ends
itself with status 0 for a success.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from repair_eval.runners.base import MEMORY_BYTES, Job
from repair_eval.runners.box import Box, BoxedSession
from repair_eval.runners.judgement import judged
from repair_eval.runners.programs import lacking
from repair_eval.suite.vocabulary import Language
from repairlsp.sandbox import Completed
from repairlsp.types import Outcome, TestCase, TestRun

_PANIC = re.compile(r"panicked at (?P<place>\S+):\n(?P<text>[^\n]*(?:\n +(?:left|right): [^\n]*)*)")
_JSON = ("-Z", "unstable-options", "--format", "json", "--test-threads", "1")
_OUTCOMES: Mapping[str, Outcome] = MappingProxyType(
    {"ok": "passed", "failed": "failed", "ignored": "skipped"}
)
_LEAST_SECONDS = 1.0
"""What the tests may take even where building has used up the time."""


@dataclass(frozen=True, slots=True)
class _Executable:
    """A test executable: the source file that it was made of, relative to the project."""

    path: str
    source: str


class CargoSession(BoxedSession):
    """A crate and the command that tests it; what was built stays for the next run."""

    def __init__(self, job: Job, box: Box) -> None:
        super().__init__(job, box)
        words = list(job.command)
        at = words.index("--") if "--" in words else len(words)
        self._build, self._options = words[:at], words[at + 1 :]

    def _run_in(self, box: Box) -> TestRun:
        started = time.monotonic()
        build = [*self._build, "--offline", "--no-run", "--message-format=json", "--quiet"]
        built = _in_box(box, build, self._job.seconds, {})
        if built.exit_code != 0:
            run = judged(built, [], complete=False)
            return replace(run, message=_build_error(built.output) or run.message)
        cases: list[TestCase] = []
        complete = True
        worst = built
        for executable in _executables(built.output, box.project):
            left = self._job.seconds - (time.monotonic() - started)
            command = [executable.path, *_JSON, *self._options]
            done = _in_box(box, command, max(left, _LEAST_SECONDS), {"RUSTC_BOOTSTRAP": "1"})
            told, whole = read_libtest(done.output, executable.source)
            cases += told
            complete = complete and whole
            if worst.exit_code == 0:
                worst = done
        return judged(replace(worst, seconds=time.monotonic() - started), cases, complete=complete)


class CargoAdapter:
    """Rust."""

    def missing(self, language: Language) -> str | None:
        """cargo, rustc or the linker."""
        problems = (lacking(program) for program in ("cargo", "rustc", "cc"))
        return next((problem for problem in problems if problem), None)

    @contextmanager
    def open(self, job: Job) -> Iterator[CargoSession]:
        """See `Adapter`."""
        with Box(job.project, job.sandbox, job.cancel) as box:
            yield CargoSession(job, box)


def _in_box(box: Box, command: Sequence[str], seconds: float, env: Mapping[str, str]) -> Completed:
    toolchain = _toolchain()
    programs = [str(toolchain / "bin"), "/usr/local/bin", "/usr/bin", "/bin"]
    return box.run(
        command,
        seconds=seconds,
        memory_bytes=MEMORY_BYTES,
        env={
            "PATH": ":".join(programs),
            "CARGO_TERM_COLOR": "never",
            "CARGO_PROFILE_TEST_DEBUG": "0",  # a third of the time to link
            "RUST_BACKTRACE": "0",
            **env,
        },
        readable=[toolchain],
    )


@cache
def _toolchain() -> Path:
    """The folder of the active toolchain: rustup's own `cargo` would look for it in a home."""
    done = subprocess.run(
        [shutil.which("rustc") or "rustc", "--print", "sysroot"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return Path(done.stdout.strip())


def _messages(output: str) -> Iterator[dict[str, object]]:
    for line in output.splitlines():
        if line.lstrip().startswith("{"):
            try:
                message = json.loads(line)
            except ValueError:
                continue
            if isinstance(message, dict):
                yield message


def _executables(output: str, project: Path) -> list[_Executable]:
    found = []
    for message in _messages(output):
        target, path = message.get("target"), message.get("executable")
        profile = message.get("profile")
        if isinstance(target, dict) and isinstance(profile, dict) and isinstance(path, str):
            source = Path(str(target["src_path"]))
            if profile.get("test") and source.is_relative_to(project):
                found.append(_Executable(path, source.relative_to(project).as_posix()))
    return sorted(found, key=lambda executable: executable.source)


def _build_error(output: str) -> str:
    for message in _messages(output):
        told = message.get("message")
        if isinstance(told, dict) and told.get("level") == "error":
            spans = told.get("spans") or [{}]
            place = f" ({spans[0]['file_name']}:{spans[0]['line_start']})" if spans[0] else ""
            return f"does not build: {told.get('message')}{place}"
    return ""


def read_libtest(output: str, source: str) -> tuple[list[TestCase], bool]:
    """The cases of one executable's JSON report, and whether it holds as many as it promised.
    Ids are SOURCE::TEST."""
    cases: list[TestCase] = []
    promised: object = None
    ended = False
    for message in _messages(output):
        event = message.get("event")
        if message.get("type") == "suite":
            promised = message.get("test_count", promised)
            ended = event in ("ok", "failed")
        elif message.get("type") == "test" and event in _OUTCOMES:
            said = _PANIC.search(str(message.get("stdout", "")))
            text = " ".join(said["text"].split()) if said else ""
            cases.append(
                TestCase(
                    id=f"{source}::{message['name']}",
                    outcome=_OUTCOMES[str(event)],
                    message=text or ("failed" if event == "failed" else ""),
                )
            )
    return cases, ended and promised == len(cases)
