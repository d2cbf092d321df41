#!/usr/bin/env python3
"""Let the CI bot loose on git repositories with bugs, as a CI job would, and judge what it leaves.

    python eval/real_repositories/run.py                  all cases
    python eval/real_repositories/run.py --only NAME      one (repeatable)

Each case: a clean clone, `repairlsp ci --write`; then the branch's tests are run in a fresh clone,
and once more in another one in which `git am` has taken `fix.patch`. A flaky test must not be among
what was repaired. Exit code 1 where a case is not as it should be. The first run downloads the
pinned source releases with pip.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from real_packages import suite
from real_packages.cases import CaseError
from real_packages.sdists import SdistError, fetch

from real_repositories.building import FLAKY, build, flaky_file, git
from real_repositories.cases import Case, load


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case. `wrong` is empty where it is as it should be."""

    case: Case
    status: str
    fixes: int
    seconds: float
    wrong: str


def main(argv: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(argv)
    try:
        cases = [case for case in load() if not options.only or case.name in options.only]
        sdists = {case.package: fetch(case.package, options.cache) for case in cases}
        outcomes = []
        for case in cases:
            with tempfile.TemporaryDirectory() as folder:
                outcome = attend(case, sdists[case.package], Path(folder), options)
            outcomes.append(outcome)
            print(_line(outcome), flush=True)
    except (CaseError, SdistError, suite.SuiteError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 1 if any(outcome.wrong for outcome in outcomes) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = Path(platformdirs.user_cache_dir("repairlsp")) / "sdists"
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="repeatable")
    parser.add_argument("--cache", type=Path, default=default, help="where releases are kept")
    parser.add_argument("--max-seconds", type=float, default=300.0, help="for each case")
    return parser


def attend(case: Case, sdist: Path, folder: Path, options: argparse.Namespace) -> Outcome:
    """Build the case in the new folder `folder`, run the bot on a clone, judge."""
    origin = build(case, sdist, folder / "origin")
    clone, out = folder / "clone" / origin.name, folder / "out"
    git(folder, "clone", "--quiet", str(origin), str(clone))
    base = git(origin, "rev-list", "--max-parents=0", "main")
    command = [sys.executable, "-m", "repairlsp", "ci", str(clone), "--base", base, "--write"]
    command += ["--artifacts", str(out), "--max-seconds", f"{options.max_seconds:g}"]
    before = _state(clone)
    started = time.monotonic()
    done = subprocess.run(
        [*command, "--", *case.package.test],
        env=suite.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    if not (out / "report.json").is_file():
        return Outcome(case, "no report", 0, seconds, done.stderr.strip()[-300:])
    told = json.loads((out / "report.json").read_text())
    wrong = _wrong(case, done.returncode, told, clone, out, folder)
    if not wrong and _state(clone) != before:
        wrong = "the checkout was changed"
    return Outcome(case, told["status"], len(told["fixes"]), seconds, wrong)


def _wrong(
    case: Case, code: int, told: dict[str, Any], clone: Path, out: Path, folder: Path
) -> str:
    """What is not as it should be; empty where all is."""
    branches = git(clone, "for-each-ref", "--format=%(refname:short)", "refs/heads/repairlsp")
    if case.expect == "not-repaired":
        useful = all(group["locations"] for group in told["unfixed"])
        if (code, told["fixes"], branches) != (1, [], ""):
            return f"exit code {code}, {len(told['fixes'])} fixes, branches {branches!r}"
        return "" if useful and told["unfixed"] else "the report does not help"
    if code != 0 or not branches:
        return f"exit code {code}, {told['headline']}"
    if any(FLAKY in test for fix in told["fixes"] for test in fix["tests"]):
        return "a flaky test was repaired"
    branch, am = folder / "branch" / clone.name, folder / "am" / clone.name
    git(folder, "clone", "--quiet", "--branch", branches, str(clone), str(branch))
    git(folder, "clone", "--quiet", "--branch", "main", str(clone), str(am))
    git(am, "am", "--quiet", str(out / "fix.patch"))
    for tree in (branch, am):
        skipped = [f"--ignore={flaky_file(tree)}"] if case.flaky else []
        run = suite.run([*case.package.suite, *skipped], tree)
        if not run.passed:
            return f"in {tree.parent.name}, {', '.join(run.failing[:3])} fail"
    return ""


def _state(clone: Path) -> tuple[str, ...]:
    return (
        git(clone, "status", "--porcelain", "--ignored"),
        git(clone, "rev-parse", "HEAD", "main"),
        git(clone, "worktree", "list"),
    )


def _line(outcome: Outcome) -> str:
    mark = "ok   " if not outcome.wrong else "WRONG"
    told = f"{outcome.status}, {outcome.fixes} patches, {outcome.seconds:.0f} s"
    return f"{mark} {outcome.case.name}: {told}{f': {outcome.wrong}' if outcome.wrong else ''}"


if __name__ == "__main__":
    sys.exit(main())
