"""The command line around the verbs: usage, exit codes, what is imported when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from repairlsp import __version__
from repairlsp.cli.main import VERBS
from tests.cli.command import environment, repairlsp


def test_version() -> None:
    done = repairlsp("--version")
    assert (done.returncode, done.stdout) == (0, f"repairlsp {__version__}\n")


def test_help_names_every_verb() -> None:
    done = repairlsp("--help")
    assert done.returncode == 0
    for verb in VERBS:
        assert f"\n    {verb} " in done.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str) -> None:
    done = repairlsp(verb, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: repairlsp {verb} ")
    assert done.stderr == ""


def test_without_a_verb_the_help_is_shown_and_the_exit_code_is_2() -> None:
    done = repairlsp()
    assert done.returncode == 2
    assert done.stdout == ""
    assert "usage: repairlsp" in done.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["mend"], "invalid choice: 'mend'"),
        (["fix", "--no-such-option"], "unrecognized arguments: --no-such-option"),
        (["fix", "--appl"], "unrecognized arguments: --appl"),
        (["fix", "--output-format", "yaml"], "(choose from"),
        (["fix", "--sandbox", "docker"], "invalid choice: 'docker'"),
        (["fix", "--spectrum", "gp"], "invalid choice: 'gp'"),
        (["fix", "--max-seconds", "0"], "must be a number of seconds above 0, not '0'"),
        (["fix", "--max-seconds", "nan"], "must be a number of seconds above 0, not 'nan'"),
        (["fix", "--candidates", "many"], "must be a whole number, 1 or more, not 'many'"),
        (["fix", "--patches", "0"], "must be a whole number, 1 or more, not '0'"),
        (["fix", "no/such/place"], "no such file or folder: no/such/place"),
        (["fix", "--project", "no/such/place"], "no such folder: no/such/place"),
        (["fix", "--file", "no.py"], "no such file: no.py"),
        (["fix", "--file", "/etc/hosts"], "/etc/hosts is not in the project"),
        (["fix", "--line", "here.py"], "--line takes FILE:N"),
        (["fix", "--line", "here.py:0"], "--line takes FILE:N"),
        (["fix", "--line", "no.py:3"], "no such file: no.py"),
        (["fix", "--"], "there is no test command after `--`"),
        (["doctor", "--", "pytest"], "takes no test command"),
    ],
)
def test_wrong_usage_is_one_message_and_exit_2(
    tmp_path: Path, args: list[str], message: str
) -> None:
    done = repairlsp(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    first, *rest = done.stderr.splitlines()
    assert first.startswith("repairlsp: ")
    assert message in first
    assert all(line.startswith("  hint: ") for line in rest)
    assert len(rest) <= 1


def test_starting_up_imports_nothing_heavy() -> None:
    code = (
        "import sys; from repairlsp.cli.main import main\n"
        "try: main(['--version'])\n"
        "except SystemExit: pass\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "repairlsp.cli.main" in loaded
    heavy = {"rich", "onnxruntime", "onnxruntime_genai", "numpy", "tree_sitter", "pygls", "git"}
    assert not loaded & (heavy | {"pytest", "coverage", "asyncio", "repairlsp.engine"})


def test_a_reader_that_went_away_is_no_error_message(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("def test(): assert True\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "repairlsp", "fix"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout and process.stderr
    process.stdout.close()
    assert process.wait(60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()
