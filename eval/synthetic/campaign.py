"""A campaign: many bugs repaired under one configuration, each result stored at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from real_packages.sdists import apply, unpack

from synthetic.bugs import Bug
from synthetic.environment import check_checkout, variables
from synthetic.judge import Judge, Judgement, ranks
from synthetic.packages import HERE, CatalogueError, Package

SCHEMA_VERSION = 1
_GRACE_SECONDS = 60.0
"""How long a repair may take beyond its limit, the first test run included, before it is ended."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What all repairs of a campaign have in common. `fields` are those of the request."""

    label: str
    max_seconds: float
    fields: Mapping[str, object]
    model: str | None = None


@dataclass
class Campaign:
    """Repairs bugs one after the other, or `jobs` at a time, and judges what comes back.

    `results` is a file of JSON lines: one about the campaign, then one for each bug that is done.
    A campaign that was stopped goes on where it was.
    """

    configuration: Configuration
    packages: Mapping[str, Package]
    sdists: Mapping[str, Path]
    environment: Path
    results: Path
    about: Mapping[str, Any]

    def __post_init__(self) -> None:
        self._judge = Judge(self.sdists, self.packages, self.environment)
        self._lock, self._judging = Lock(), Lock()

    def run(self, bugs: Sequence[Bug], jobs: int) -> None:
        """Repair those bugs that have no result yet. Raises CatalogueError when the file holds
        results of another configuration, EnvironmentFailureError when other code would run."""
        check_checkout(self.environment)
        done = self._done()
        waiting = [bug for bug in bugs if bug.id not in done]
        print(f"{self.results}: {len(bugs) - len(waiting)} of {len(bugs)} are done", flush=True)
        with ThreadPoolExecutor(max_workers=jobs) as pool:
            for number, row in enumerate(pool.map(self._one, waiting), 1):
                found = f"{row['verdict']} by {row['source']}" if row["source"] else row["why"]
                print(f"{number}/{len(waiting)} {row['bug']}: {found} ({row['seconds']:.1f} s)")
                sys.stdout.flush()

    def _done(self) -> set[str]:
        configuration = self.configuration
        header = {
            "schema_version": SCHEMA_VERSION,
            "label": configuration.label,
            "max_seconds": configuration.max_seconds,
            "model": configuration.model and Path(configuration.model).name,
            **self.about,
        }
        if not self.results.is_file():
            self.results.parent.mkdir(parents=True, exist_ok=True)
            self._store(header)
            return set()
        rows = read(self.results)
        for key in ("schema_version", "label", "max_seconds", "model", "bugs"):
            if rows[0].get(key) != header[key]:
                raise CatalogueError(
                    f"{self.results.name} holds results with {key} {rows[0].get(key)}, "
                    f"not {header[key]}: give another --results"
                )
        return {row["bug"] for row in rows[1:]}

    def _one(self, bug: Bug) -> dict[str, Any]:
        with TemporaryDirectory(prefix="synthetic-") as name:
            folder = Path(name)
            project = unpack(self.sdists[bug.package], folder / "package")
            apply(bug.diff, project)
            load = os.getloadavg()[0]
            started = time.monotonic()
            result = self._repair(bug, project, folder)
            seconds = time.monotonic() - started
            patch = result.get("patch") or {}
            first = patch.get("first") or {}
            judgement = Judgement("none", _why(result, self.configuration.max_seconds))
            before = judgement
            if patch:
                with self._judging:  # one suite at a time
                    judgement = self._judge.judge(bug, patch["diff"], folder / "reported")
                    before = judgement
                    if first["diff"] != patch["diff"]:
                        before = self._judge.judge(bug, first["diff"], folder / "first")
            line_rank, function_rank = ranks(result.get("locations", ()), bug, project)
        row = {
            "bug": bug.id,
            "verdict": judgement.verdict,
            "why": judgement.why,
            "status": result["status"],
            "source": patch.get("source", ""),
            "found_seconds": patch.get("seconds"),
            "cautions": patch.get("cautions"),
            "rank": first.get("rank"),
            "first_seconds": first.get("seconds"),
            "first_verdict": before.verdict,
            "log_likelihood": patch.get("log_likelihood"),
            "seconds": round(result.get("seconds", seconds), 3),
            "process_seconds": round(seconds, 3),
            "counts": result.get("counts", {}),
            "stage_seconds": result.get("stage_seconds", {}),
            "failing": result.get("failing"),
            "line_rank": line_rank,
            "function_rank": function_rank,
            "load": round(load, 2),
            "commit": self.about["repairlsp"],
            "diff": patch.get("diff", ""),
        }
        self._store(row)
        return row

    def _store(self, row: Mapping[str, Any]) -> None:
        with self._lock, self.results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def _repair(self, bug: Bug, project: Path, folder: Path) -> dict[str, Any]:
        """The worker's result, or how it ended without one."""
        configuration = self.configuration
        job, answer, log = (folder / name for name in ("job.json", "result.json", "log.txt"))
        asked = {
            "project": str(project),
            "command": self.packages[bug.package].command(bug.tests),
            "max_seconds": configuration.max_seconds,
            "model": configuration.model,
            "fields": dict(configuration.fields),
        }
        job.write_text(json.dumps(asked), "utf-8")
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-P", str(HERE / "worker.py"), str(job), str(answer)],
                env=variables(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                process.wait(timeout=configuration.max_seconds + _GRACE_SECONDS)
                ended = f"the worker ended with {process.returncode}"
            except subprocess.TimeoutExpired:
                ended = f"ended {_GRACE_SECONDS:.0f} s after its limit"
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
        if answer.is_file():
            result: dict[str, Any] = json.loads(answer.read_text("utf-8"))
            return result
        said = log.read_text("utf-8", errors="replace").strip().splitlines()[-1:]
        return {"status": "crashed", "message": ": ".join([ended, *said])}


def _why(result: Mapping[str, Any], max_seconds: float) -> str:
    """Why there is no verified patch."""
    if result["status"] != "not-repaired":
        return f"{result['status']}: {result['message']}"
    validated = result["counts"].get("validated", 0)
    if result["seconds"] >= 0.95 * max_seconds:
        return f"time: {validated} candidates validated, more were waiting"
    return f"candidate missing: all {validated} were validated"


def read(results: Path) -> list[dict[str, Any]]:
    """The lines of a results file; the first is about the campaign. A last line that a kill cut
    short is left out. Raises CatalogueError."""
    rows = []
    for line in results.read_text("utf-8").splitlines():
        try:
            rows.append(json.loads(line))
        except ValueError:
            continue
    if not rows or rows[0].get("schema_version") != SCHEMA_VERSION:
        raise CatalogueError(f"{results} is not a file of results of this version")
    return rows
