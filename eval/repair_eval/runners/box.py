"""A confined place in which one project's tests run again and again."""

from __future__ import annotations

import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path

from repair_eval.runners.base import Job
from repair_eval.suite.files import write_files
from repairlsp.errors import PatchError
from repairlsp.sandbox import NEVER, Completed, Sandbox, allowed_environment
from repairlsp.types import CancelToken, TestRun


class Box:
    """Runs commands in `project`, in the sandbox, with folders of their own for home, temporary
    files and reports, which go when the block is left."""

    def __init__(self, project: Path, sandbox: Sandbox, cancel: CancelToken = NEVER) -> None:
        self.project = project.resolve()
        self._sandbox = sandbox
        self._cancel = cancel
        self._folder = Path(tempfile.mkdtemp(prefix="repair-eval-")).resolve()
        self._home, self._temporary = self._folder / "home", self._folder / "tmp"
        self.reports = self._folder / "reports"
        for folder in (self._home, self._temporary, self.reports):
            folder.mkdir()

    def __enter__(self) -> Box:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def run(
        self,
        command: Sequence[str],
        *,
        seconds: float,
        memory_bytes: int,
        env: Mapping[str, str],
        readable: Sequence[Path] = (),
    ) -> Completed:
        """Run `command` with empty reports; `env` comes on top of the allowed environment."""
        shutil.rmtree(self.reports)
        self.reports.mkdir()
        allowed = allowed_environment()
        return self._sandbox.run(
            command,
            cwd=self.project,
            env={
                **{name: allowed[name] for name in ("PATH", "LANG") if name in allowed},
                "HOME": str(self._home),
                "TMPDIR": str(self._temporary),
                "TZ": "UTC",
                "NO_COLOR": "1",
                "TERM": "dumb",
                **env,
            },
            seconds=seconds,
            memory_bytes=memory_bytes,
            writable=[self.project, self._folder],
            readable=readable,
            cancel=self._cancel,
        )


class BoxedSession(ABC):
    """A project and the command that tests it, in a box; what `run` built stays for its next."""

    def __init__(self, job: Job, box: Box) -> None:
        self._job = job
        self._box = box

    def run(self) -> TestRun:
        """See `Session`."""
        return self._run_in(self._box)

    def run_with(self, files: Mapping[str, bytes]) -> TestRun:
        """See `Session`."""
        job = self._job
        with tempfile.TemporaryDirectory(prefix="repair-eval-", ignore_cleanup_errors=True) as name:
            project = Path(name) / job.project.name
            shutil.copytree(job.project, project, symlinks=True)
            for path in files:
                if not (project / path).is_file() or (project / path).is_symlink():
                    raise PatchError(f"{path} is not a regular file of the project")
            write_files(project, files)
            with Box(project, job.sandbox, job.cancel) as box:
                return self._run_in(box)

    @abstractmethod
    def _run_in(self, box: Box) -> TestRun:
        """Run the command once."""


def last_words(output: str) -> str:
    """The line of an output that says most, shortened: the first error, else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()]
    return (errors[0] if errors else lines[-1] if lines else "no output")[:300]
