"""`repairlsp fix` where there is nothing to repair or no way to: one clear message, the contract's
exit code, not a byte of the project changed, and nothing left running."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.command import complaints, repairlsp, snapshot
from tests.cli.leftovers import nothing_left

TEST = "from shop import total\n\n\ndef test_total():\n    assert total([1, 2]) == 3\n"
RIGHT = "def total(prices):\n    return sum(prices)\n"
NEEDY = "import no_such_package\n" + RIGHT.replace("sum(", "no_such_package.sum_of(")
# No small edit repairs this one.
HOPELESS = "def total(prices):\n    raise NotImplementedError('shipping, taxes, and so on')\n"


class Unhappy(NamedTuple):
    """A project, what is typed after `repairlsp fix`, and what it should come to.

    `says` are parts of the message, in order. It is on standard error where the exit code is 2.
    """

    files: Mapping[str, str | bytes]
    exit_code: int
    says: tuple[str, ...]
    args: tuple[str, ...] = ()


CASES = {
    "tests that pass": Unhappy(
        {"shop.py": RIGHT, "test_shop.py": TEST}, 0, ("Nothing is failing: 1 test passed",)
    ),
    "no tests": Unhappy({"shop.py": RIGHT}, 2, ("no tests",)),
    "an empty folder": Unhappy({}, 2, ("no tests",)),
    "an empty test file": Unhappy({"shop.py": RIGHT, "test_shop.py": ""}, 2, ("no tests",)),
    "an empty source file": Unhappy(
        {"shop.py": "", "test_shop.py": TEST},
        1,
        ("test_shop.py", "ImportError: cannot import name 'total' from 'shop'"),
    ),
    "a missing dependency": Unhappy(
        {"shop.py": NEEDY, "test_shop.py": TEST},
        1,
        ("test_shop.py", "No module named 'no_such_package'"),
        ("--max-seconds", "10"),
    ),
    "a test that imports what is not there": Unhappy(
        {"shop.py": RIGHT, "test_shop.py": "import no_such_package\n" + TEST},
        2,
        ("test_shop.py", "No module named 'no_such_package'"),
    ),
    "a conftest that cannot be imported": Unhappy(
        {"shop.py": RIGHT, "test_shop.py": TEST, "conftest.py": "import no_such_package\n"},
        2,
        ("conftest.py", "No module named 'no_such_package'"),
    ),
    "a syntax error in the target": Unhappy(
        {"shop.py": "def total(prices:\n    return (sum of the prices ]]\n", "test_shop.py": TEST},
        1,
        ("SyntaxError",),
        ("--max-seconds", "10"),
    ),
    "a syntax error in a test": Unhappy(
        {"shop.py": RIGHT, "test_shop.py": "def test_total(:\n"}, 2, ("test_shop.py", "SyntaxError")
    ),
    "a test that hangs": Unhappy(
        {
            "shop.py": "def total(prices):\n    while True:\n        pass\n",
            "test_shop.py": TEST,
            "repairlsp.toml": "test_seconds = 10\n",
        },
        2,
        ("the tests ran longer than 10 s, stopped",),
    ),
    "a file that is not UTF-8": Unhappy(
        {"shop.py": b"NAME = 'caf\xe9'\n" + RIGHT.encode(), "test_shop.py": TEST},
        1,
        ("test_shop.py", "SyntaxError", "utf-8"),
        ("--max-seconds", "10"),
    ),
    # Python 3.11 runs this one all the same; from 3.12 on it is an error like the one above.
    "a comment that is not UTF-8": Unhappy(
        {"shop.py": b"# caf\xe9\n" + RIGHT.replace("sum", "min").encode(), "test_shop.py": TEST},
        1,
        ("Not repaired: ", "shop.py"),
        ("--max-seconds", "10"),
    ),
    "nothing that helps": Unhappy(
        {"shop.py": HOPELESS, "test_shop.py": TEST},
        1,
        ("Not repaired: 1 failing test, no verified patch", "NotImplementedError", "shop.py:2"),
        ("--max-seconds", "15"),
    ),
    "a command that is not there": Unhappy(
        {"shop.py": RIGHT, "test_shop.py": TEST},
        2,
        ("`no-such-runner` was not found",),
        ("--", "no-such-runner", "-q"),
    ),
    "a command that runs no pytest": Unhappy(
        {"shop.py": RIGHT, "test_shop.py": TEST}, 2, ("did not run pytest",), ("--", "true")
    ),
    "an option that pytest does not know": Unhappy(
        {"shop.py": RIGHT, "test_shop.py": TEST},
        2,
        ("--no-such-option",),
        ("--", "pytest", "--no-such-option"),
    ),
    "a test that is not there": Unhappy(
        {"shop.py": RIGHT, "test_shop.py": TEST},
        2,
        ("test_nothing.py",),
        ("--", "pytest", "test_nothing.py"),
    ),
    "a model that is not there": Unhappy(
        {"shop.py": HOPELESS, "test_shop.py": TEST},
        2,
        ("no-such-model",),
        ("--model", "no-such-model"),
    ),
}


def make(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.mark.parametrize("name", CASES)
def test_one_clear_message(name: str, tmp_path: Path, temporary: Path) -> None:
    case = CASES[name]
    project = make(tmp_path / "project", case.files)
    before = snapshot(project)
    with nothing_left(temporary):
        done = repairlsp("fix", *case.args, cwd=project, temporary=temporary)
    assert done.returncode == case.exit_code, done
    assert snapshot(project) == before
    told, silent = (done.stderr, done.stdout) if case.exit_code == 2 else (done.stdout, done.stderr)
    assert silent == ""
    at = 0
    for part in case.says:
        at = told.find(part, at)
        assert at >= 0, (part, told)
    if case.exit_code == 2:
        first, *rest = told.splitlines()
        assert first.startswith("repairlsp: ")
        assert len(rest) <= 1
        assert all(line.startswith("  hint: ") for line in rest)


def test_a_project_without_pytest(tmp_path: Path, temporary: Path) -> None:
    project = make(tmp_path / "project", {"shop.py": RIGHT, "test_shop.py": TEST})
    venv = [sys.executable, "-m", "venv", "--without-pip", str(project / ".venv")]
    subprocess.run(venv, check=True)
    before = snapshot(project)
    with nothing_left(temporary):
        done = repairlsp("fix", cwd=project, temporary=temporary)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pytest is not installed for" in done.stderr
    assert "-m pip install pytest" in done.stderr
    assert snapshot(project) == before


def test_a_read_only_project_is_repaired_but_not_written(tmp_path: Path, temporary: Path) -> None:
    wrong = "def larger(a, b):\n    if a < b:\n        return a\n    return b\n"
    test = "from shop import larger\n\n\ndef test_larger():\n    assert larger(1, 2) == 2\n"
    test += "    assert larger(4, 3) == 4\n"
    project = make(tmp_path / "project", {"shop.py": wrong, "test_shop.py": test})
    for path in (*project.iterdir(), project):
        path.chmod(path.stat().st_mode & ~0o222)
    before = snapshot(project)
    try:
        with nothing_left(temporary):
            done = repairlsp("fix", cwd=project, temporary=temporary)
            refused = repairlsp("fix", "--apply", cwd=project, temporary=temporary)
        assert snapshot(project) == before
    finally:
        project.chmod(0o755)
    assert (done.returncode, complaints(done)) == (0, "")
    assert done.stdout.startswith("Repaired: shop.py\n")
    assert refused.returncode == 2
    assert refused.stdout.startswith("Repaired: shop.py\n")  # finding it was the work
    assert "shop.py is read-only" in refused.stderr
    assert "chmod u+w" in refused.stderr
