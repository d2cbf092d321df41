"""Small git repositories with a history, as a developer would have made them."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

SHOP = """\
def larger(a, b):
    if a > b:
        return a
    return b


def area(width, height):
    return width * height
"""
STOCK = """\
def left(items, sold):
    remaining = []
    for item in items:
        if item not in sold:
            remaining.append(item)
    return remaining
"""
TESTS = """\
import pytest
from shop import area, larger


@pytest.mark.parametrize(("a", "b", "expected"), [(1, 2, 2), (4, 3, 4), (5, 5, 5), (-1, -2, -1)])
def test_larger(a, b, expected):
    assert larger(a, b) == expected


def test_area():
    assert area(2, 3) == 6
"""
STOCK_TESTS = """\
from stock import left


def test_left():
    assert left(["pear", "plum"], ["plum"]) == ["pear"]


def test_nothing_sold():
    assert left(["pear"], []) == ["pear"]


def test_nothing_there():
    assert left([], ["plum"]) == []
"""
GOOD = {
    "shop.py": SHOP,
    "stock.py": STOCK,
    "tests/test_shop.py": TESTS,
    "tests/test_stock.py": STOCK_TESTS,
    "pytest.ini": "[pytest]\npythonpath = .\n",
    ".gitignore": "__pycache__/\n_version.py\n",
}
WRONG_SHOP = SHOP.replace("a > b", "a < b")
WRONG_STOCK = STOCK.replace("not in sold", "in sold")

_WHO = {
    f"GIT_{role}_{what}": text
    for role in ("AUTHOR", "COMMITTER")
    for what, text in (("NAME", "Ada"), ("EMAIL", "ada@example.com"))
}


def git(folder: Path, *arguments: str) -> str:
    """Run git in the folder and return what it prints, stripped."""
    told = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **_WHO},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def commit(folder: Path, files: Mapping[str, str], message: str = "Change") -> str:
    """Write the files and commit them; the commit's hash."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def repository(folder: Path, files: Mapping[str, str] = GOOD) -> Path:
    """A repository with one commit, on the branch main."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder, files, "Begin")
    return folder


def checkout_state(folder: Path) -> dict[str, str]:
    """All that the bot must not touch: the files, the index, HEAD, configuration, branches."""
    files = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }
    inside = {
        name: hashlib.sha256((folder / ".git" / name).read_bytes()).hexdigest()
        for name in ("index", "HEAD", "config")
    }
    return {
        **files,
        **inside,
        "refs": git(folder, "for-each-ref"),
        "worktrees": git(folder, "worktree", "list"),
        "status": git(folder, "status", "--porcelain"),
    }
