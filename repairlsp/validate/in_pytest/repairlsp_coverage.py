"""pytest plugin: which lines of the copy each test executes, measured by coverage.py.

Setup and teardown count as the test's own. Lines that run outside tests, at import, get the id "".
The result is a JSON file: {"tests": [ID, ...], "lines": {path: {index of the id: [line, ...]}}}.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from repairlsp_report import SPEC, relative, write  # type: ignore[import-not-found]


def _load() -> Any:
    """The project's own coverage.py, else ours, by its place in the file system."""
    try:
        import coverage
    except ImportError:
        ours = SPEC["coverage_package"]
        spec = importlib.util.spec_from_file_location(
            "coverage", ours + "/__init__.py", submodule_search_locations=[ours]
        )
        if spec is None or spec.loader is None:
            raise
        coverage = importlib.util.module_from_spec(spec)
        sys.modules["coverage"] = coverage
        spec.loader.exec_module(coverage)
    return coverage


def _start() -> Any:
    try:
        coverage = _load()
        measure = coverage.Coverage(
            data_file=None, include=[SPEC["root"] + "/*"], config_file=False, messages=False
        )
        # Of the cores, sys.monitoring (the default from 3.14) cannot tell tests apart. An older
        # coverage.py has no choice of core.
        with contextlib.suppress(Exception):
            measure.set_option("run:core", "ctrace")
        measure.start()
    # An old coverage.py on a new Python fails in many ways; the tests run all the same.
    except (Exception, SystemExit) as error:  # noqa: BLE001
        for name in [name for name in sys.modules if name.partition(".")[0] == "coverage"]:
            del sys.modules[name]
        write(note=f"no coverage was measured: {type(error).__name__}: {error}")
        return None
    return measure


_measure = _start() if SPEC is not None and SPEC["coverage"] is not None else None


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: Any) -> Generator[None, Any, None]:
    if _measure is not None:
        _measure.switch_context(item.nodeid)
    yield
    if _measure is not None:
        _measure.switch_context("")


@pytest.hookimpl(hookwrapper=True)
def pytest_sessionfinish() -> Generator[None, Any, None]:
    yield
    if _measure is not None:
        _measure.stop()
        _save(_measure.get_data())


def _save(data: Any) -> None:
    index: dict[str, int] = {}
    lines: dict[str, dict[int, list[int]]] = {}
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
