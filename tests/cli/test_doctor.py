"""`repairlsp doctor` on this machine, and on a project that has something wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import repairlsp, snapshot
from tests.cli.leftovers import nothing_left

NAMES = ["python", "settings", "pytest", "git", "sandbox", "grammars", "memory", "model"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "test_it.py").write_text("def test(): assert True\n")
    return folder


def test_all_is_well_here(project: Path, temporary: Path) -> None:
    before = snapshot(project)
    with nothing_left(temporary):  # the model runtime has telemetry, which would leave its mark
        done = repairlsp("doctor", cwd=project, temporary=temporary, HOME=str(temporary))
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""
    findings = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert [line.split()[1] for line in findings] == NAMES
    assert not any(line.startswith("fail") for line in findings)
    assert "INT8" in findings[-1].upper()
    assert snapshot(project) == before


def test_json_tells_the_same(project: Path, temporary: Path) -> None:
    done = repairlsp("doctor", str(project), "--json", temporary=temporary)
    data = json.loads(done.stdout)
    assert data["schema_version"] == 1
    assert [check["name"] for check in data["checks"]] == NAMES
    assert {check["health"] for check in data["checks"]} <= {"ok", "warn"}
    assert all(check["advice"] for check in data["checks"] if check["health"] != "ok")


def test_what_is_wrong_comes_with_advice_and_exit_2(project: Path, temporary: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(project / ".venv")], check=True
    )
    (project / "repairlsp.toml").write_text('model = "no-such-model"\npatches = 0\n')
    with nothing_left(temporary):
        done = repairlsp("doctor", "--json", cwd=project, temporary=temporary)
    assert done.returncode == 2
    found = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert found["pytest"]["health"] == "fail"
    assert "-m pip install pytest" in found["pytest"]["advice"]
    assert found["model"]["health"] == "fail"
    assert "no-such-model" in found["model"]["detail"]
    assert found["settings"]["health"] == "warn"
    assert "patches must be a whole number" in found["settings"]["detail"]
    assert found["python"]["health"] == found["grammars"]["health"] == "ok"
