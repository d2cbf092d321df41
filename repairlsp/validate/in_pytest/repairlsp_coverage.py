"""pytest plugin: which lines of the copy each test executes, measured by coverage.py.

Setup and teardown count as the test's own. Lines that run outside tests, at import, get the id "".
The result is a JSON file: {"tests": [ID, ...], "lines": {path: {index of the id: [line, ...]}}}.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest
from repairlsp_report import SPEC, relative, write


def _load():
    """The project's own coverage.py, else ours, by its place in the file system."""
    try:
        import coverage
    except ImportError:
        ours = SPEC["coverage_package"]
        spec = importlib.util.spec_from_file_location(
            "coverage", ours + "/__init__.py", submodule_search_locations=[ours]
        )
        coverage = importlib.util.module_from_spec(spec)
        sys.modules["coverage"] = coverage
        spec.loader.exec_module(coverage)
    return coverage


def _start():
    try:
        coverage = _load()
        measure = coverage.Coverage(
            data_file=None, include=[SPEC["root"] + "/*"], config_file=False, messages=False
        )
        try:
            # Of the measuring cores, sys.monitoring (the default from 3.14) cannot tell tests apart.
            measure.set_option("run:core", "ctrace")
        except Exception:
            pass  # an older coverage.py, which has no choice of core
        measure.start()
    except (Exception, SystemExit) as error:
        for name in [name for name in sys.modules if name.partition(".")[0] == "coverage"]:
            del sys.modules[name]
        write(note=f"no coverage was measured: {type(error).__name__}: {error}")
        return None
    return measure


_measure = _start() if SPEC is not None and SPEC["coverage"] is not None else None


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    if _measure is not None:
        _measure.switch_context(item.nodeid)
    yield
    if _measure is not None:
        _measure.switch_context("")


@pytest.hookimpl(hookwrapper=True)
def pytest_sessionfinish():
    yield
    if _measure is not None:
        _measure.stop()
        _save(_measure.get_data())


def _save(data):
    index: dict = {}
    lines: dict = {}
    for file in data.measured_files():
        path = relative(file)
        if path is None:
            continue
        by_test = lines.setdefault(path, {})
        for line, tests in data.contexts_by_lineno(file).items():
            for test in tests:
                by_test.setdefault(index.setdefault(test, len(index)), []).append(line)
    text = json.dumps({"tests": list(index), "lines": lines})
    Path(SPEC["coverage"]).write_text(text, "utf-8")
