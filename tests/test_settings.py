"""Settings: two files, layered; whatever is wrong costs one warning and nothing else."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from repairlsp import settings
from repairlsp.settings import Settings
from repairlsp.types import Limits


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")


def test_without_any_file_the_defaults_hold(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == (Settings(), ())
    assert Settings().limits == Limits()


@pytest.mark.parametrize("name", ["pyproject.toml", "repairlsp.toml"])
def test_no_project_turns_the_sandbox_off(tmp_path: Path, name: str) -> None:
    """Check 23: only its user does, in so many words."""
    header = "[tool.repairlsp]\n" if name == "pyproject.toml" else ""
    write(tmp_path, name, header + 'sandbox = "none"\npatches = 2\n')
    loaded = settings.load(tmp_path)
    assert loaded.settings == Settings(patches=2)
    assert "not taken from a project" in loaded.warnings[0]
    assert 'using "auto"' in loaded.warnings[0]


def test_every_setting_can_be_given_in_pyproject(tmp_path: Path) -> None:
    write(
        tmp_path,
        "pyproject.toml",
        """
        [tool.repairlsp]
        test_command = "python -m pytest -x 'tests/a b.py'"
        model = "phi-3"
        files = ["src/app.py", "./src/lib"]
        sandbox = "limits"
        spectrum = "dstar"
        fork_server = false
        max_seconds = 30
        candidates = 50
        patches = 3
        test_seconds = 7.5
        memory_mb = 512
        """,
    )
    loaded = settings.load(tmp_path)
    assert loaded.warnings == ()
    assert loaded.settings == Settings(
        test_command=("python", "-m", "pytest", "-x", "tests/a b.py"),
        model="phi-3",
        files=("src/app.py", "src/lib"),
        sandbox="limits",
        spectrum="dstar",
        fork_server=False,
        max_seconds=30.0,
        candidates=50,
        patches=3,
        test_seconds=7.5,
        memory_mb=512,
    )
    assert loaded.settings.limits == Limits(
        max_seconds=30.0, candidates=50, patches=3, test_seconds=7.5, memory_bytes=512 << 20
    )


def test_repairlsp_toml_wins_key_by_key(tmp_path: Path) -> None:
    write(tmp_path, "pyproject.toml", "[tool.repairlsp]\ncandidates = 5\npatches = 2\n")
    write(tmp_path, "repairlsp.toml", 'candidates = 9\ntest-command = ["nox", "-s", "t"]\n')
    loaded = settings.load(tmp_path)
    assert loaded.warnings == ()
    assert loaded.settings == Settings(candidates=9, patches=2, test_command=("nox", "-s", "t"))


@pytest.mark.parametrize(
    ("line", "warning"),
    [
        ("max_seconds = 0", "max_seconds must be a number of seconds above 0, not 0; using 60.0"),
        ("max_seconds = inf", "must be a number of seconds above 0, not inf"),
        ("max_seconds = true", "must be a number of seconds above 0, not True"),
        ("candidates = 0", "must be a whole number, 1 or more, not 0; using 10000"),
        ("candidates = 2.5", "must be a whole number, 1 or more"),
        ("patches = true", "must be a whole number, 1 or more"),
        ("memory_mb = 1", "must be a whole number, 64 or more"),
        ('fork_server = "no"', "must be true or false"),
        ('sandbox = "docker"', "must be one of auto, bwrap, limits, none"),
        ("sandbox = []", "must be one of auto, bwrap, limits, none"),
        ('spectrum = "barinel"', "must be one of ochiai, dstar, tarantula, none"),
        ('model = " "', "must be a model's name or folder"),
        ('test_command = ""', 'must be a command, such as "pytest -q"'),
        ("test_command = []", 'must be a command, such as "pytest -q"'),
        ("test_command = ['a', 1]", 'must be a command, such as "pytest -q"'),
        ('test_command = "pytest \'x"', "balanced quotes"),
        ('files = "a.py"', "must be a list of paths"),
        ('files = ["../a.py"]', "must be paths inside the project"),
        ('files = ["/etc/passwd"]', "must be paths inside the project"),
        ('colour = "red"', 'unknown setting "colour"; it is ignored'),
        ("candidate = 3", 'unknown setting "candidate" (did you mean "candidates"?)'),
    ],
)
def test_a_bad_value_is_one_warning_and_the_default(
    tmp_path: Path, line: str, warning: str
) -> None:
    write(tmp_path, "repairlsp.toml", line + "\n")
    loaded = settings.load(tmp_path)
    assert loaded.settings == Settings()
    assert len(loaded.warnings) == 1
    assert loaded.warnings[0].startswith("repairlsp.toml: ")
    assert warning in loaded.warnings[0]


def test_a_bad_value_keeps_what_the_file_below_said(tmp_path: Path) -> None:
    write(tmp_path, "pyproject.toml", "[tool.repairlsp]\ncandidates = 5\n")
    write(tmp_path, "repairlsp.toml", "candidates = -1\npatches = 4\n")
    loaded = settings.load(tmp_path)
    assert loaded.settings == Settings(candidates=5, patches=4)
    assert loaded.warnings == (
        "repairlsp.toml: candidates must be a whole number, 1 or more, not -1; using 5",
    )


@pytest.mark.parametrize(
    ("content", "warning"),
    [
        (b"[tool.repairlsp\n", "is not valid TOML"),
        (b'x = "\xff"\n', "is not UTF-8 (byte 5)"),
        (b"tool = 3\n", "[tool.repairlsp] must be a table"),
        (b"[tool]\nrepairlsp = 3\n", "[tool.repairlsp] must be a table"),
    ],
)
def test_a_broken_file_is_one_warning(tmp_path: Path, content: bytes, warning: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(content)
    loaded = settings.load(tmp_path)
    assert loaded.settings == Settings()
    assert len(loaded.warnings) == 1
    assert loaded.warnings[0].startswith("pyproject.toml: ")
    assert warning in loaded.warnings[0]


def test_a_folder_in_the_place_of_a_file_is_one_warning(tmp_path: Path) -> None:
    (tmp_path / "repairlsp.toml").mkdir()
    loaded = settings.load(tmp_path)
    assert loaded.settings == Settings()
    assert loaded.warnings == (
        "repairlsp.toml: cannot be read (Is a directory); its settings are ignored",
    )


def test_the_editors_settings_lie_over_the_projects() -> None:
    base = Settings(candidates=5, patches=2)
    loaded = settings.from_mapping(
        {"candidates": 7, "patches": "many"}, base=base, origin="the editor"
    )
    assert loaded.settings == Settings(candidates=7, patches=2)
    assert loaded.warnings == (
        'the editor: patches must be a whole number, 1 or more, not "many"; using 2',
    )


def test_each_setting_has_exactly_one_reader() -> None:
    assert set(settings.READERS) == {field.name for field in dataclasses.fields(Settings)}
