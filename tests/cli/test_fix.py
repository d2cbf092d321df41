"""`repairlsp fix` where there is something to repair: every form of the result, and `--apply`."""

from __future__ import annotations

import importlib.resources
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.cli.command import complaints, repairlsp, snapshot
from tests.cli.leftovers import nothing_left

WRONG = """\
def larger(a, b):
    if a < b:
        return a
    return b


def area(width, height):
    return width * height
"""
RIGHT = WRONG.replace("a < b", "a > b")
TEST = """\
import pytest
from shop import area, larger


@pytest.mark.parametrize(("a", "b", "expected"), [(1, 2, 2), (4, 3, 4), (5, 5, 5), (-1, -2, -1)])
def test_larger(a, b, expected):
    assert larger(a, b) == expected


def test_area():
    assert area(2, 3) == 6
"""

# These find their patch among the first; on a machine that is busy, that can take its time.
PATIENT = ("--max-seconds", "600")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "shop.py").write_text(WRONG)
    (folder / "test_shop.py").write_text(TEST)
    return folder


def passes(project: Path) -> bool:
    """Whether pytest itself, without us, says that all is well."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=project, capture_output=True, check=False).returncode == 0


def test_text_shows_a_proved_patch_and_changes_nothing(project: Path, temporary: Path) -> None:
    before = snapshot(project)
    with nothing_left(temporary):
        done = repairlsp("fix", *PATIENT, cwd=project, temporary=temporary)
    assert (done.returncode, complaints(done)) == (0, "")
    assert done.stdout.startswith("Repaired: shop.py\n")
    assert "test_shop.py::test_larger[1-2-2]" in done.stdout
    assert "shop.py:2" in done.stdout
    assert "-    if a < b:\n" in done.stdout
    assert "3 failing tests pass, 2 others still pass, run twice" in done.stdout
    assert snapshot(project) == before


def test_json_fits_its_schema(project: Path) -> None:
    done = repairlsp("fix", project, *PATIENT, "--output-format", "json")
    assert done.returncode == 0
    data = json.loads(done.stdout)
    schema = importlib.resources.files("repairlsp.formats") / "result.schema.json"
    jsonschema.validate(data, json.loads(schema.read_text("utf-8")))
    assert data["status"] == "repaired"
    assert data["command"] == ["pytest", "-q"]
    assert data["before"]["failed"] == 3
    [patch] = data["patches"]
    assert patch["status"] == "verified"
    assert patch["tests"] == {
        "before": {"passed": 2, "failed": 3},
        "after": {"passed": 5, "failed": 0},
    }
    assert data["counts"]["validated"] >= 1
    assert done.stderr == "repairlsp: repaired: shop.py\n"


def test_a_diff_is_for_git_apply(project: Path, tmp_path: Path) -> None:
    patch = tmp_path / "fix.patch"
    place = project / "shop.py"
    done = repairlsp("fix", place, *PATIENT, "--output-format", "diff", "--output", patch)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "repairlsp: repaired: shop.py\n"
    subprocess.run(["git", "apply", patch], cwd=project, check=True)
    assert passes(project)
    assert (project / "test_shop.py").read_text() == TEST


def test_in_a_github_job_it_annotates_and_adds_to_the_summary(
    project: Path, tmp_path: Path
) -> None:
    summary = tmp_path / "summary.md"
    done = repairlsp(
        *("fix", project, *PATIENT, "--output-format", "github"), GITHUB_STEP_SUMMARY=str(summary)
    )
    assert done.returncode == 0
    assert done.stdout.startswith("::error file=shop.py,line=2,endLine=2,title=repairlsp%3A Fix ")
    assert summary.read_text("utf-8").startswith("### Repaired: `shop.py`\n\n")


def test_apply_writes_the_patch_and_nothing_else(project: Path, temporary: Path) -> None:
    (project / "shop.py").chmod(0o640)
    before = snapshot(project)
    with nothing_left(temporary):
        done = repairlsp("fix", "--apply", *PATIENT, cwd=project, temporary=temporary)
    assert done.returncode == 0
    assert "  applied     to shop.py\n" in done.stdout
    after = snapshot(project)
    changed = {name for name in before.keys() | after if before.get(name) != after.get(name)}
    assert changed == {".", "shop.py"}  # the folder, because its entry was replaced
    assert (project / "shop.py").stat().st_mode & 0o777 == 0o640
    assert passes(project)
    again = repairlsp("fix", "--apply", *PATIENT, cwd=project)
    assert (again.returncode, again.stdout) == (0, "Nothing is failing: 5 tests passed\n")


@pytest.mark.parametrize(("encoding", "newline"), [("latin-1", "\n"), ("utf-8-sig", "\r\n")])
def test_bytes_outside_the_patch_stay_as_they_are(
    project: Path, encoding: str, newline: str
) -> None:
    cookie = "# -*- coding: latin-1 -*-\n" if encoding == "latin-1" else ""
    wrong = (cookie + "NAME = 'café'  # é\n" + WRONG).replace("\n", newline).encode(encoding)
    file = project / "shop.py"
    file.write_bytes(wrong)
    done = subprocess.run(
        [sys.executable, "-m", "repairlsp", "fix", *PATIENT, "--output-format", "diff"],
        cwd=project,
        capture_output=True,
        check=True,
    )
    subprocess.run(["git", "apply", "-"], input=done.stdout, cwd=project, check=True)
    applied = file.read_bytes()
    assert applied != wrong
    file.write_bytes(wrong)
    assert repairlsp("fix", "--apply", *PATIENT, cwd=project).returncode == 0
    assert file.read_bytes() == applied
    old, new = wrong.split(newline.encode()), applied.split(newline.encode())
    assert len(old) == len(new)
    assert sum(a != b for a, b in zip(old, new, strict=True)) <= 2


def test_the_command_line_wins_over_the_settings(project: Path) -> None:
    (project / "repairlsp.toml").write_text('test_command = "pytest -k area"\ncolour = 1\n')
    by_settings = repairlsp("fix", cwd=project)
    assert by_settings.returncode == 0
    assert by_settings.stdout == "Nothing is failing: 1 test passed\n"
    assert 'warning: repairlsp.toml: unknown setting "colour"' in by_settings.stderr
    by_hand = repairlsp(
        "fix", *PATIENT, "--", "python", "-m", "pytest", "-k", "larger", cwd=project
    )
    assert by_hand.returncode == 0
    assert by_hand.stdout.startswith("Repaired: shop.py\n")


def test_looking_elsewhere_finds_nothing(project: Path) -> None:
    (project / "other.py").write_text("def unused():\n    return 1\n")
    elsewhere = repairlsp(
        "fix", "--project", project, "--file", project / "other.py", "--max-seconds", "8"
    )
    assert elsewhere.returncode == 1
    assert elsewhere.stdout.startswith("Not repaired: 3 failing tests, no verified patch\n")


def test_a_file_that_was_changed_meanwhile_is_not_written(project: Path, tmp_path: Path) -> None:
    """The test itself edits the user's file while the repair runs, as an editor's user would."""
    edited = WRONG + "# typed meanwhile\n"
    (project / "test_meanwhile.py").write_text(
        "from pathlib import Path\n\n\ndef test_meanwhile():\n"
        f"    file = Path({str(project / 'shop.py')!r})\n"
        f"    file.write_text({edited!r})\n"
    )
    done = repairlsp("fix", "--apply", "--sandbox", "none", *PATIENT, cwd=project)
    assert done.returncode == 2
    assert done.stdout.startswith("Repaired: shop.py\n")
    assert "shop.py was changed while the fix was being searched" in done.stderr
    assert (project / "shop.py").read_text() == edited
