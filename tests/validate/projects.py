"""Small projects that the tests of validate/ are run on, and the usual way to run their tests."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

from repairlsp.sandbox import Sandbox
from repairlsp.types import Edit, LineSpan, TestCase
from repairlsp.validate import (
    ProjectCopy,
    TestCommand,
    TestRunReport,
    Workspace,
    resolve_command,
    run_tests,
)

GIB = 1 << 30
# Without the plugins of this repository's own environment, pytest starts in half the time.
PYTEST = ("PYTEST_DISABLE_PLUGIN_AUTOLOAD=1", "pytest", "-q")

SHOP = {
    "shop/__init__.py": "",
    "shop/cart.py": """\
        def total(prices):
            result = 0
            for price in prices:
                result -= price
            return result


        def count(prices):
            return len(prices)
        """,
    "tests/test_cart.py": """\
        from shop.cart import count, total


        def test_total():
            assert total([1, 2]) == 3


        def test_total_of_nothing():
            assert total([]) == 0


        def test_count():
            assert count([1, 2]) == 2
        """,
}
FIX = Edit("shop/cart.py", LineSpan(4, 5), ("        result += price",))
TOTAL = "tests/test_cart.py::test_total"
NOTHING = "tests/test_cart.py::test_total_of_nothing"
COUNT = "tests/test_cart.py::test_count"


def write_project(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files, their texts dedented, and return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text))
    return folder


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a tree with its bytes and time, folders included."""
    return {
        path.relative_to(folder).as_posix(): (
            path.read_bytes() if path.is_file() else b"",
            path.lstat().st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
    }


class Bench(NamedTuple):
    """A project ready to be tested."""

    workspace: Workspace
    command: TestCommand
    copy: ProjectCopy
    sandbox: Sandbox

    def run(self, **options) -> TestRunReport:
        options = {"seconds": 120.0, "memory_bytes": 2 * GIB, **options}
        return run_tests(self.copy, self.command, self.sandbox, **options)


@contextmanager
def bench(project: Path, sandbox: Sandbox, *command: str) -> Iterator[Bench]:
    with Workspace(project) as workspace:
        resolved = resolve_command(workspace, command or PYTEST, sandbox)
        yield Bench(workspace, resolved, workspace.copy(), sandbox)


def outcomes(report: TestRunReport) -> dict[str, str]:
    return {case.id: case.outcome for case in report.run.cases}


def case(report: TestRunReport, test: str) -> TestCase:
    return next(each for each in report.run.cases if each.id == test)


def environment_in(folder: Path, *paths: Path, code: str = "") -> Path:
    """A virtual environment that sees our pytest, and `paths` or `code` as an editable install
    writes them: a .pth file of paths, or one line of code."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "lib" / version / "site-packages"
    (packages / "ours.pth").write_text(sysconfig.get_path("purelib") + "\n")
    lines = [*map(str, paths), *([code] if code else [])]
    (packages / "__editable__.project.pth").write_text("".join(line + os.linesep for line in lines))
    return packages
