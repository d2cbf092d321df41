"""Which lines run in which context (a test's id, or "" outside tests): two ways to find out.

`LineMonitor` uses `sys.monitoring` (PEP 669, Python 3.12), `CoverageTracer` coverage.py, which can
tell tests apart only with its trace function: that is called for every line that runs, again and
again, and for every call in the libraries beneath. A monitoring tool may answer DISABLE: a line
then costs nothing more until the next test, and files that are not the project's are looked at
once. Both see the same lines (eval/bench/coverage.py compares them, and times both).

Loaded by the plugin and by Python processes that tests start: nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from typing import Any

Lines = set[tuple[str, int]]
monitoring: Any = getattr(sys, "monitoring", None)
_TOOLS = (4, 3)  # the ids that nobody has a name for: debuggers and coverage.py keep their own


class LineMonitor:
    """Lines of the files below a folder by `sys.monitoring`, as coverage.py has them.

    All threads count, forked children do not.
    """

    def __init__(self, root: str, coverage_package: str) -> None:
        self._root = root + os.sep
        self._context = ""
        self._lines: Lines = set()
        self._by_context: dict[str, Lines] = {}
        self._ran: dict[int, Any] = {}
        """Code objects with disabled lines, by id: their hash takes all of their bytecode in."""

    def start(self) -> None:
        """Raises RuntimeError when there is no sys.monitoring, or no tool id left."""
        free = [tool for tool in _TOOLS if monitoring and monitoring.get_tool(tool) is None]
        if not free:
            raise RuntimeError("sys.monitoring is not there, or other tools use it")
        self._tool = free[0]
        monitoring.use_tool_id(self._tool, "repairlsp")
        monitoring.register_callback(self._tool, monitoring.events.PY_START, self._on_start)
        monitoring.register_callback(self._tool, monitoring.events.LINE, self._on_line)
        monitoring.set_events(self._tool, monitoring.events.PY_START)

    def switch_context(self, context: str) -> None:
        """What runs from now on belongs to `context`.

        Takes the events of the code that ran off and on again, which forgets what was disabled in
        it. `restart_events` would do that for all code there is, of pytest and every library too:
        three times the cost per test, measured with a test that does next to nothing.
        """
        self._by_context.setdefault(self._context, set()).update(self._lines)
        self._context, self._lines = context, set()
        ran, self._ran = self._ran, {}
        for code in ran.values():
            monitoring.set_local_events(self._tool, code, 0)
            monitoring.set_local_events(self._tool, code, monitoring.events.LINE)

    def stop(self) -> dict[str, Lines]:
        """End it. The lines of each context, as (file name, line)."""
        self.switch_context("")
        monitoring.set_events(self._tool, 0)
        monitoring.free_tool_id(self._tool)
        return self._by_context

    def _on_start(self, code: Any, offset: int) -> Any:
        if code.co_filename.startswith(self._root):
            monitoring.set_local_events(self._tool, code, monitoring.events.LINE)
        return monitoring.DISABLE

    def _on_line(self, code: Any, line: int) -> Any:
        self._lines.add((code.co_filename, line))
        self._ran[id(code)] = code
        return monitoring.DISABLE


class CoverageTracer:
    """Lines of the files below a folder by the trace function of coverage.py, in C."""

    def __init__(self, root: str, coverage_package: str) -> None:
        self._measure = _load(coverage_package).Coverage(
            data_file=None, include=[root + os.sep + "*"], config_file=False, messages=False
        )
        # Of the cores, sys.monitoring (the default from 3.14) cannot tell tests apart. An older
        # coverage.py has no choice of core.
        with contextlib.suppress(Exception):
            self._measure.set_option("run:core", "ctrace")

    def start(self) -> None:
        """Start measuring. An old coverage.py on a new Python fails in many ways."""
        self._measure.start()

    def switch_context(self, context: str) -> None:
        """What runs from now on belongs to `context`."""
        self._measure.switch_context(context)

    def stop(self) -> dict[str, Lines]:
        """End it. The lines of each context, as (file name, line)."""
        self._measure.stop()
        data = self._measure.get_data()
        by_context: dict[str, Lines] = {}
        for file in data.measured_files():
            for line, contexts in data.contexts_by_lineno(file).items():
                for context in contexts:
                    by_context.setdefault(context, set()).add((file, line))
        return by_context


def _load(package: str) -> Any:
    """The project's own coverage.py, else ours, by its place in the file system."""
    try:
        import coverage
    except ImportError:
        spec = importlib.util.spec_from_file_location(
            "coverage", package + "/__init__.py", submodule_search_locations=[package]
        )
        if spec is None or spec.loader is None:
            raise
        coverage = importlib.util.module_from_spec(spec)
        sys.modules["coverage"] = coverage
        spec.loader.exec_module(coverage)
    return coverage


def start_collector(root: str, coverage_package: str, only: str = "") -> Any:
    """The best collector that works here, started. Raises what the last of them raised.

    `only` is the name of the one class to try, for benchmarks.
    """
    kinds = [kind for kind in (LineMonitor, CoverageTracer) if only in ("", kind.__name__)]
    for kind in kinds:
        try:
            collector = kind(root, coverage_package)
            collector.start()
        except (Exception, SystemExit):
            for name in [name for name in sys.modules if name.partition(".")[0] == "coverage"]:
                del sys.modules[name]
            if kind is kinds[-1]:
                raise
        else:
            return collector
    return None


def inside(root: str, by_context: dict[str, Lines]) -> dict[str, Lines]:
    """The same with paths relative to `root`, with `/`, and without files outside it."""
    paths: dict[str, str] = {}
    found: dict[str, Lines] = {}
    for context, lines in by_context.items():
        kept = found.setdefault(context, set())
        for file, line in lines:
            if file not in paths:
                paths[file] = os.path.relpath(os.path.realpath(file), root)
            if not paths[file].startswith(os.pardir + os.sep):
                kept.add((paths[file].replace(os.sep, "/"), line))
    return found
