"""Per-test coverage: both collectors see the same lines, also in processes that tests start."""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

from repairlsp.sandbox import choose
from repairlsp.validate import Workspace, resolve_command, run_tests
from repairlsp.validate.interpreter import IN_PYTEST, coverage_package

PROGRAM = """\
import threading


class Shape:
    sides = 3

    def describe(self):
        return [side for side in range(self.sides)]


def count(limit):
    for number in range(limit):
        if number % 2:
            yield (
                number,
                limit,
            )
        else:
            continue


def fail(x):
    try:
        return 1 / x
    except ZeroDivisionError:
        return None
    finally:
        x += 1


def recurse(n):
    return recurse(n - 1) if n else 0


def in_thread():
    thread = threading.Thread(target=fail, args=(0,))
    thread.start()
    thread.join()


half_done = count(9)
"""
# What the tests do. The same thing twice, too: what ran before must be seen again.
DRIVER = """
import json, sys, threading
root, tools, package, kind = sys.argv[1:]
sys.path[:0] = [root, tools]
import repairlsp_collectors as collectors


class Traced:
    '''The reference: Python's own line events.'''

    def __init__(self, root, package):
        self.root, self.context, self.found = root, "", {}

    def start(self):
        sys.settrace(self.trace)
        threading.settrace(self.trace)

    def trace(self, frame, event, _):
        if not frame.f_code.co_filename.startswith(self.root):
            return None
        if event == "line":
            place = (frame.f_code.co_filename, frame.f_lineno)
            self.found.setdefault(self.context, set()).add(place)
        return self.trace

    def switch_context(self, context):
        self.context = context

    def stop(self):
        sys.settrace(None)
        return self.found


collector = Traced(root, package) if kind == "Traced" else getattr(collectors, kind)(root, package)
collector.start()
import program

for turn in ("first", "second"):
    for name, act in {
        "describe": lambda: program.Shape().describe(),
        "count": lambda: list(program.count(3)),
        "half done": lambda: next(program.half_done),
        "fail": lambda: program.fail(0),
        "no failure": lambda: program.fail(2),
        "recurse": lambda: program.recurse(5),
        "thread": program.in_thread,
        "nothing": lambda: None,
    }.items():
        collector.switch_context(f"{turn} {name}")
        act()
        collector.switch_context("")
found = collectors.inside(root, collector.stop())
print(json.dumps({context: sorted(lines) for context, lines in found.items() if lines}))
"""


@cache
def modern_python() -> str | None:
    """A Python with sys.monitoring, which works: a version manager's shim need not."""
    for name in (sys.executable, "python3.14", "python3.13", "python3.12"):
        if shutil.which(name):
            done = subprocess.run(
                [name, "-c", "import sys; sys.monitoring"], capture_output=True, check=False
            )
            if done.returncode == 0:
                return name
    return None


def lines_by(kind: str, python: str, folder: Path) -> dict[str, list[tuple[str, int]]]:
    (folder / "program.py").write_text(PROGRAM)
    arguments = [str(folder), str(IN_PYTEST), str(coverage_package()), kind]
    done = subprocess.run(
        [python, "-c", DRIVER, *arguments], capture_output=True, text=True, check=True
    )
    found: dict[str, list[tuple[str, int]]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("kind", ["LineMonitor", "CoverageTracer"])
def test_a_collector_sees_what_python_itself_reports(tmp_path: Path, kind: str) -> None:
    python = modern_python() if kind == "LineMonitor" else sys.executable
    if python is None:
        pytest.skip("needs Python 3.12 or later")
    found, reference = (lines_by(each, python, tmp_path) for each in (kind, "Traced"))
    assert set(found) == set(reference)
    for context, lines in reference.items():
        assert found[context] == lines, context


def test_a_monitor_without_a_free_tool_says_so() -> None:
    python = modern_python()
    if python is None:
        pytest.skip("needs Python 3.12 or later")
    code = f"""
        import sys
        sys.path.insert(0, {str(IN_PYTEST)!r})
        from repairlsp_collectors import LineMonitor
        sys.monitoring.use_tool_id(3, "a")
        monitors = [LineMonitor("/nowhere", "") for _ in range(2)]
        monitors[0].start()
        try:
            monitors[1].start()
        except RuntimeError as error:
            monitors[0].stop()
            assert sys.monitoring.get_tool(4) is None
            print(error)
    """
    done = subprocess.run([python, "-c", dedent(code)], capture_output=True, text=True, check=True)
    assert "other tools use it" in done.stdout


CLI = """\
import sys


def double(text):
    return int(text) * 3


def main():
    if len(sys.argv) < 2:
        sys.exit("no number")
    print(double(sys.argv[1]))


if __name__ == "__main__":
    main()
"""
TEST = """\
import os
import subprocess
import sys


def run(*words, **options):
    command = [sys.executable, "-m", "pkg.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, **options)


def test_double():
    assert run("2").stdout == "4\\n"


def test_nothing():
    assert run().returncode == 1


def test_customized():
    assert "hidden" in run("x", env={**os.environ, "PYTHONPATH": MINE}).stdout


MINE = os.pathsep.join([os.environ["PYTHONPATH"], os.path.dirname(__file__) + "/site"])
"""


def test_processes_that_a_test_starts_count_as_the_test(tmp_path: Path) -> None:
    files = {"pkg/__init__.py": "", "pkg/cli.py": CLI, "tests/test_cli.py": TEST}
    files["tests/site/sitecustomize.py"] = "print('hidden by ours')\n"
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    sandbox = choose("limits")
    with Workspace(tmp_path) as workspace:
        words = ["PYTEST_DISABLE_PLUGIN_AUTOLOAD=1", "pytest", "-q"]
        command = resolve_command(workspace, words, sandbox)
        copy = workspace.copy()
        report = run_tests(copy, command, sandbox, seconds=60, memory_bytes=2 << 30, coverage=True)
        assert not list(copy.reports.glob("*.lines"))
    in_calls = {
        test.rpartition("::")[2]: {line for path, line in lines if path == "pkg/cli.py"} - {1, 4, 8}
        for test, lines in report.coverage.items()
    }
    assert in_calls == {
        "test_double": {5, 9, 11, 14, 15},
        "test_nothing": {9, 10, 14, 15},
        "test_customized": {5, 9, 11, 14, 15},
    }
    assert {case.id.rpartition("::")[2] for case in report.run.failing} == {"test_double"}
    assert os.environ.get("REPAIRLSP_SUBPROCESSES") is None
