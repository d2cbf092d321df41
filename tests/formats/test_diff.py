"""The diff format: one patch that `git apply` takes, or nothing."""

from __future__ import annotations

import dataclasses
import subprocess
from pathlib import Path

from repairlsp.formats import FORMATS
from repairlsp.types import RepairRequest, RepairResult
from tests.formats.results import DIFF, SILENCING, SUSPICIOUS, partial, patch

diff = FORMATS["diff"]


def test_only_the_best_verified_patch_is_printed(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    other = dataclasses.replace(patch(2), diff=DIFF.replace("100", "1000"))
    assert diff(dataclasses.replace(repaired, patches=(patch(), other)), request_) == DIFF


def test_what_speaks_against_the_patch_stands_above_it(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    marked = patch(cautions=(SILENCING, SUSPICIOUS))
    remark, _, rest = diff(dataclasses.replace(repaired, patches=(marked,)), request_).partition(
        "\n"
    )
    assert remark.startswith("# repairlsp: this patch takes out a check: the tests pass, ")
    assert rest == DIFF


def test_a_partial_repair_is_no_output(repaired: RepairResult, request_: RepairRequest) -> None:
    part = dataclasses.replace(repaired, status="suggested", patches=(partial(),))
    assert diff(part, request_) == ""


def test_without_a_verified_patch_there_is_no_output(
    suggested: RepairResult,
    not_repaired: RepairResult,
    nothing_failing: RepairResult,
    request_: RepairRequest,
) -> None:
    for result in (suggested, not_repaired, nothing_failing):
        assert diff(result, request_) == ""


def test_git_takes_the_diff_and_the_text_format_too(
    tmp_path: Path, repaired: RepairResult, request_: RepairRequest
) -> None:
    repaired = dataclasses.replace(repaired, patches=(patch(cautions=(SILENCING,)),))
    for name in ("diff", "text"):
        project = tmp_path / name
        (project / "shop").mkdir(parents=True)
        file = project / "shop" / "pricing.py"
        before = "".join(
            line[1:] + "\n" for line in DIFF.splitlines()[4:] if not line.startswith("+")
        )
        file.write_text(before)
        subprocess.run(
            ["git", "apply", "-"],
            input=FORMATS[name](repaired, request_).encode(),
            cwd=project,
            check=True,
        )
        assert file.read_text() == before.replace("/ 10\n", "/ 100\n")
