"""Give a buggy package to `repairlsp fix`, and judge what it reports, without trusting it."""

from __future__ import annotations

import ast
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from unidiff.patch import PatchSet

from real_packages import suite
from real_packages.cases import Bug, faulty_lines
from real_packages.sdists import SdistError, apply, unpack
from repairlsp.types import CoveredLine, LineSpan

GRACE_SECONDS = 120.0
"""How long `repairlsp fix` may take beyond its own limit before it is ended."""

Match = Literal["exact", "ast", "plausible", "wrong", "none"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one bug.

    `match`: `exact` is the original file, byte for byte; `ast` the same syntax tree; `plausible`
    only passes the whole suite; `wrong` was reported as verified, and the suite fails; `none` is
    no verified patch. `line_rank` and `function_rank` count the reported fault locations up to the
    first one on the faulty line, and in its function; None when none of them is.
    `why` is this program's reading of a failure, from those ranks and the time used.
    """

    bug: Bug
    match: Match
    source: str
    rank: int | None
    seconds: float
    counts: dict[str, int]
    stage_seconds: dict[str, float]
    line_rank: int | None
    function_rank: int | None
    why: str
    diff: str

    @property
    def repaired(self) -> bool:
        return self.match in ("exact", "ast", "plausible")


class Reply:
    """The JSON object that `repairlsp fix` printed, or its absence with a message."""

    def __init__(self, exit_code: int | None, stdout: str, stderr: str, seconds: float) -> None:
        self.exit_code = exit_code
        self.seconds = seconds
        try:
            self.result: dict[str, Any] = json.loads(stdout)
            self.message = str(self.result["message"])
        except ValueError:
            self.result = {}
            self.message = f"exit {exit_code}: {_last_words(stderr)}"

    @property
    def verified(self) -> dict[str, Any] | None:
        """The first patch that is reported as verified."""
        patches = self.result.get("patches", [])
        return next((patch for patch in patches if patch["status"] == "verified"), None)


def _last_words(stderr: str) -> str:
    """repairlsp's own error message, without its hint; else the last line."""
    lines = [line for line in stderr.splitlines() if line.strip()]
    own = [line.removeprefix("repairlsp: ") for line in lines if line.startswith("repairlsp: ")]
    return (own or lines or ["no message"])[-1]


def repair(project: Path, bug: Bug, max_seconds: float, options: Sequence[str]) -> Reply:
    """Run `repairlsp fix` on the project as a user would, as a process of its own."""
    command = [str(Path(sys.executable).with_name("repairlsp")), "fix", str(project)]
    command += ["--output-format", "json", "--max-seconds", f"{max_seconds:g}", *options]
    started = time.monotonic()
    process = subprocess.Popen(
        [*command, "--", *bug.package.test],
        env=suite.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        stdout, stderr = process.communicate(timeout=max_seconds + GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        late = f"ended after {GRACE_SECONDS:.0f} s beyond its limit"
        return Reply(None, "", late, time.monotonic() - started)
    return Reply(process.returncode, stdout, stderr, time.monotonic() - started)


def judge(
    bug: Bug, reply: Reply, sdist: Path, original: suite.SuiteRun, folder: Path, max_seconds: float
) -> Outcome:
    """Check the reported patch on a fresh copy with the whole suite. `folder` is new and ours."""
    clean, buggy = unpack(sdist, folder / "clean"), unpack(sdist, folder / "patched")
    diff = bug.diff.read_text()
    apply(diff, buggy)
    line_rank, function_rank = _ranks(reply.result.get("locations", []), diff, buggy)
    patch = reply.verified
    match: Match = "none"
    if patch is None:
        why = _why(reply, line_rank, function_rank, max_seconds)
    else:
        match, why = _match(patch["diff"], diff, clean, buggy, bug.package.suite, original)
    return Outcome(
        bug=bug,
        match=match,
        source=patch["source"] if patch else "",
        rank=patch["rank"] if patch else None,
        seconds=round(reply.seconds, 1),
        counts=reply.result.get("counts", {}),
        stage_seconds=reply.result.get("stage_seconds", {}),
        line_rank=line_rank,
        function_rank=function_rank,
        why=why,
        diff=patch["diff"] if patch else "",
    )


def _match(
    patch: str,
    diff: str,
    clean: Path,
    buggy: Path,
    command: Sequence[str],
    original: suite.SuiteRun,
) -> tuple[Match, str]:
    try:
        apply(patch, buggy)
        run = suite.run(command, buggy)
    except (SdistError, suite.SuiteError) as error:
        return "wrong", str(error)
    if not run.agrees(original):
        return "wrong", f"the whole suite disagrees: {', '.join(run.failing[:3]) or 'tests vanish'}"
    paths = {file.path for text in (patch, diff) for file in PatchSet(text)}
    texts = [((clean / path).read_bytes(), (buggy / path).read_bytes()) for path in paths]
    if all(before == after for before, after in texts):
        return "exact", ""
    if all(ast.dump(ast.parse(before)) == ast.dump(ast.parse(after)) for before, after in texts):
        return "ast", ""
    return "plausible", ""


def _ranks(
    locations: Iterable[dict[str, Any]], diff: str, buggy: Path
) -> tuple[int | None, int | None]:
    faulty = faulty_lines(diff)
    spans = [(path, enclosing((buggy / path).read_text(), line)) for path, line in faulty]
    line_rank = function_rank = None
    for rank, location in enumerate(locations, start=1):
        here = CoveredLine(location["path"], location["line"])
        if line_rank is None and here in faulty:
            line_rank = rank
        inside = any(path == here.path and here.line in span for path, span in spans)
        if function_rank is None and inside:
            function_rank = rank
    return line_rank, function_rank


def enclosing(source: str, line: int) -> LineSpan:
    """The innermost function that holds the line, else that line alone."""
    spans = [
        LineSpan(node.lineno, (node.end_lineno or node.lineno) + 1)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    holding = [span for span in spans if line in span]
    return min(holding, key=lambda span: span.end - span.start, default=LineSpan(line, line + 1))


def _why(reply: Reply, line_rank: int | None, function_rank: int | None, max_seconds: float) -> str:
    if not reply.result:
        return reply.message
    status, validated = reply.result["status"], reply.result["counts"].get("validated", 0)
    if status != "not-repaired":
        return f"{status}: {reply.message}"
    if function_rank is None:
        return "localization: the faulty function is not among the 20 most suspicious lines"
    place = f"faulty line {line_rank or 'not among the first 20'}, function {function_rank}"
    if reply.result["seconds"] >= 0.95 * max_seconds:
        return f"time: {validated} candidates checked, more were waiting ({place})"
    return f"candidate missing: all {validated} candidates were checked ({place})"
