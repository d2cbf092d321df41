"""The Python interpreter that runs a project's tests, and what it told about itself."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from repairlsp.errors import BrokenEnvironmentError, CancelledError
from repairlsp.sandbox import NEVER, Sandbox, allowed_environment
from repairlsp.types import CancelToken

_PROBE_SECONDS = 60.0
_PROBE_MEMORY = 4 << 30
IN_PYTEST = Path(__file__).with_name("in_pytest")


@dataclass(frozen=True, slots=True)
class Interpreter:
    """An interpreter by its probe. `search_path` is its sys.path; `editable` maps the packages of
    editable installs to their places; `pytest` is pytest's version, None where there is none."""

    executable: Path
    version: tuple[int, int]
    prefixes: tuple[Path, ...]
    search_path: tuple[Path, ...]
    editable: Mapping[str, Path]
    user_base: Path | None
    pytest: str | None

    def readable(self) -> tuple[Path, ...]:
        """The folders that a sandbox without the user's home must let it read."""
        wanted = {*self.prefixes, *self.search_path, *_hops(self.executable)}
        wanted |= {path.parent for path in self.editable.values()}
        wanted |= {path.resolve() for path in wanted}
        home = Path.home()
        return tuple(
            sorted(path for path in wanted if path.exists() and not home.is_relative_to(path))
        )

    def is_its_own(self, path: Path) -> bool:
        """Whether a path is a part of the interpreter's environment rather than of a project."""
        return "site-packages" in path.parts or any(
            path.is_relative_to(prefix) for prefix in self.prefixes
        )


def _hops(executable: Path) -> Iterator[Path]:
    """The folders on the way from an executable that is a link to the real one."""
    for _ in range(40):
        yield executable.parent
        if not executable.is_symlink():
            return
        executable = executable.parent / executable.readlink()


def project_interpreter(project: Path) -> Path:
    """The project's own environment, else the active one, else the one that runs repairlsp."""
    active = [os.environ.get(name) for name in ("VIRTUAL_ENV", "CONDA_PREFIX")]
    environments = [project / ".venv", project / "venv", *(Path(name) for name in active if name)]
    for environment in environments:
        for name in ("bin/python", "Scripts/python.exe"):
            if (environment / name).is_file():
                return environment / name
    return Path(sys.executable)


def coverage_package() -> Path | None:
    """Our own coverage.py, for interpreters that have none."""
    spec = importlib.util.find_spec("coverage")
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None


def probe(
    executable: Path, tools: Path, cwd: Path, sandbox: Sandbox, cancel: CancelToken = NEVER
) -> Interpreter:
    """Ask an interpreter about itself, and let it compile our plugins in `tools`.

    Raises BrokenEnvironmentError when it does not run or its answer makes no sense, CancelledError
    when `cancel` was set first.
    """
    plugins = sorted(str(path) for path in tools.glob("repairlsp_*.py"))
    environment = {**allowed_environment(), "HOME": str(Path.home())}
    done = sandbox.run(
        [str(executable), str(tools / "probe.py"), *plugins],
        cwd=cwd,
        env=environment,
        seconds=_PROBE_SECONDS,
        memory_bytes=_PROBE_MEMORY,
        writable=[tools],
        readable=[Path("/")],  # what it needs to read is what it is about to tell
        cancel=cancel,
    )
    if done.cancelled:
        raise CancelledError
    try:
        told = json.loads(done.output.strip().splitlines()[-1])
        return Interpreter(
            executable=executable,
            version=(told["version"][0], told["version"][1]),
            prefixes=tuple(dict.fromkeys(Path(prefix) for prefix in told["prefixes"])),
            search_path=tuple(Path(entry) for entry in told["path"]),
            editable={name: Path(path) for name, path in told["editable"].items()},
            user_base=Path(told["user_base"]) if told["user_base"] else None,
            pytest=told["pytest"],
        )
    except (ValueError, LookupError, TypeError) as error:
        said = done.output.strip()[-500:] or f"{done.ended_by}, exit code {done.exit_code}"
        raise BrokenEnvironmentError(
            f"the Python interpreter {executable} does not work: {said}",
            "create the project's .venv anew, or name an interpreter in the test command",
        ) from error
