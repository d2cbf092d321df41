"""`repairlsp fix` and `doctor` where there is no sandbox, or not the one that was asked for
(check 23): exit 2 and how to get one, unless it is overridden in so many words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from repairlsp.sandbox import bwrap_problem, what_limits_means
from tests.cli.command import environment, repairlsp, snapshot
from tests.cli.leftovers import nothing_left

TEST = "def test_it():\n    open({!r}, 'w').close()\n"


class Project:
    """Its one test passes, and leaves `ran` behind where it is not confined."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ran = folder / "project", folder / "ran"
        self.folder.mkdir()
        (self.folder / "test_it.py").write_text(TEST.format(str(self.ran)))
        (folder / "programs").mkdir()
        self.without_bwrap = {"PATH": str(folder / "programs")}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_a_missing_bubblewrap_is_refused(project: Project, temporary: Path) -> None:
    before = snapshot(project.folder)
    with nothing_left(temporary):
        done = repairlsp(
            "fix", "--sandbox", "bwrap",
            cwd=project.folder, temporary=temporary, **project.without_bwrap,
        )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "the bubblewrap sandbox does not work here: the program `bwrap`" in done.stderr
    assert "hint: install bubblewrap" in done.stderr
    assert "--sandbox limits" in done.stderr
    assert not project.ran.exists()
    assert snapshot(project.folder) == before


ANOTHER_SYSTEM = """
import os, sys, types
from repairlsp.sandbox import choice
choice.os = types.SimpleNamespace(name="nt")
from repairlsp.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def on_another_system(project: Project, *args: str) -> subprocess.CompletedProcess[str]:
    """The command on an operating system for which there is no sandbox at all, as far as the code
    that chooses one can see."""
    return subprocess.run(
        [sys.executable, "-c", ANOTHER_SYSTEM, *args],
        cwd=project.folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("asked", [(), ("--sandbox", "auto"), ("--sandbox", "limits")])
def test_no_sandbox_at_all_is_refused(project: Project, asked: tuple[str, ...]) -> None:
    done = on_another_system(project, "fix", *asked)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no sandbox for this operating system" in done.stderr
    assert "hint: run under WSL or in a container with bubblewrap" in done.stderr
    assert "--sandbox none" in done.stderr
    assert not project.ran.exists()


def test_in_so_many_words_it_goes_without(project: Project) -> None:
    done = on_another_system(project, "fix", "--sandbox", "none")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 test passed" in done.stdout
    assert project.ran.exists()


def sandbox_by_doctor(project: Project, temporary: Path, **variables: str) -> dict[str, str]:
    done = repairlsp(
        "doctor", "--json", str(project.folder), temporary=temporary, **variables
    )  # fmt: skip
    checks = json.loads(done.stdout)["checks"]
    return next(check for check in checks if check["name"] == "sandbox")


def test_doctor_says_what_limits_is_worth_on_this_machine(
    project: Project, temporary: Path
) -> None:
    found = sandbox_by_doctor(project, temporary, **project.without_bwrap)
    assert found["health"] == "warn"
    assert found["detail"] == f"{what_limits_means()} (the program `bwrap` is not installed)"
    assert "install bubblewrap" in found["advice"]


def test_doctor_advises_who_chose_less_than_there_is(project: Project, temporary: Path) -> None:
    (project.folder / "repairlsp.toml").write_text('sandbox = "limits"\n')
    found = sandbox_by_doctor(project, temporary)
    assert found["health"] == "warn"
    assert found["detail"].startswith("limits: ")
    assert "bwrap" not in found["detail"] or "not installed" in found["detail"]


@pytest.mark.parametrize("asked", [(), ("--sandbox", "auto")])
def test_who_gets_less_than_bubblewrap_hears_it_once(
    project: Project, asked: tuple[str, ...]
) -> None:
    done = repairlsp("fix", *asked, cwd=project.folder, **project.without_bwrap)
    assert done.stderr.count("sandbox: limits: ") == 1
    assert "because the program `bwrap` is not installed; install bubblewrap" in done.stderr


@pytest.mark.skipif(bwrap_problem() is not None, reason="bubblewrap cannot run here")
def test_who_gets_bubblewrap_hears_nothing_unless_he_asks(project: Project) -> None:
    assert repairlsp("fix", cwd=project.folder).stderr == ""
    done = repairlsp("fix", "--sandbox", "auto", cwd=project.folder)
    assert done.stderr.startswith("repairlsp: sandbox: bwrap: no network")


def test_a_project_cannot_turn_it_off(project: Project) -> None:
    (project.folder / "repairlsp.toml").write_text('sandbox = "none"\n')
    done = repairlsp("fix", cwd=project.folder)
    assert 'sandbox = "none" is not taken from a project' in done.stderr
    assert not project.ran.exists()


def test_doctor_tells_who_gave_tests_the_network(project: Project, temporary: Path) -> None:
    (project.folder / "repairlsp.toml").write_text("allow_loopback = true\n")
    found = sandbox_by_doctor(project, temporary)
    assert found["health"] == "warn"
    assert "allow_loopback" in found["detail"]
