"""Whether a bug is one that tests can decide: they notice it, soon, and every time alike."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from real_packages.sdists import apply

from synthetic.packages import Package
from synthetic.pytest_run import PytestError, PytestRun, run

MOST_FAILING = 10
MOST_SECONDS = 2.0
"""CPU time of the test command with the original: a developer runs the failing file."""
_SLOWER = 3.0
"""How much longer than the original a bug's tests may take, beyond ten seconds for slow moments."""


class UntriedError(Exception):
    """The verdict on a bug is not known, and it is not to be found out."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`failing` are the tests that the bug fails; empty where `refused` says why it is no use."""

    failing: tuple[str, ...] = ()
    seconds: float = 0.0
    refused: str = ""


@dataclass
class Trials:
    """Tries bugs of one package in `project`, a copy of its source that is ours alone.

    Verdicts are kept in `log`, so that a build that was stopped goes on where it was. With
    `only_known` no test is run, and UntriedError raised where one would have to be.
    """

    package: Package
    project: Path
    environment: Path
    log: Path
    only_known: bool = False
    _known: dict[str, Verdict] = field(default_factory=dict)
    _originals: dict[tuple[str, ...], PytestRun | str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.log.is_file():
            for line in self.log.read_text("utf-8").splitlines():
                row = json.loads(line)
                verdict = Verdict(tuple(row["failing"]), row["seconds"], row["refused"])
                self._known[row["key"]] = verdict

    def verdict(self, path: str, diff: str, tests: Sequence[str]) -> Verdict:
        """Run the original twice (once for all bugs of the same tests), then the bug twice.
        `path` is the file that the diff changes."""
        command = self.package.command(tuple(tests))
        release = self.package.release
        said = "\0".join([release.sha256, *command, diff])
        key = hashlib.sha256(said.encode()).hexdigest()[:16]
        if key not in self._known:
            if self.only_known:
                raise UntriedError(diff)
            self._known[key] = verdict = self._tried(path, diff, command)
            with self.log.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"key": key, **asdict(verdict)}) + "\n")
        return self._known[key]

    def _tried(self, path: str, diff: str, command: tuple[str, ...]) -> Verdict:
        if command not in self._originals:
            self._originals[command] = self._original(command)
        original = self._originals[command]
        if isinstance(original, str):
            return Verdict(refused=original)
        file = self.project / path
        clean = file.read_bytes()
        apply(diff, self.project)
        try:
            return self._decided(command, original)
        except PytestError as error:
            return Verdict(refused=str(error).splitlines()[0])
        finally:
            file.write_bytes(clean)

    def _original(self, command: tuple[str, ...]) -> PytestRun | str:
        try:
            first, second = (self._run(command, seed, 60.0) for seed in (0, 1))
        except PytestError as error:
            return f"original: {str(error).splitlines()[0]}"
        if not (first.passed and second.passed and first.outcomes == second.outcomes):
            return "original: its tests do not pass alike"
        if min(first.cpu_seconds, second.cpu_seconds) > MOST_SECONDS:
            return f"original: takes {min(first.cpu_seconds, second.cpu_seconds):.1f} s"
        return first if first.cpu_seconds <= second.cpu_seconds else second

    def _decided(self, command: tuple[str, ...], original: PytestRun) -> Verdict:
        limit = 10.0 + _SLOWER * original.seconds
        first = self._run((*command, f"--maxfail={MOST_FAILING + 1}"), 0, limit)
        if not first.failing:
            return Verdict(refused="no test fails")
        if len(first.failing) > MOST_FAILING:
            return Verdict(refused="too many tests fail")
        if first.outcomes.keys() != original.outcomes.keys():
            return Verdict(refused="other tests are collected")
        if self._run(command, 1, limit).outcomes != first.outcomes:
            return Verdict(refused="two runs do not agree")
        return Verdict(first.failing, round(original.cpu_seconds, 2))

    def _run(self, command: tuple[str, ...], seed: int, seconds: float) -> PytestRun:
        return run(command, self.project, self.environment, seconds=seconds, hash_seed=seed)
