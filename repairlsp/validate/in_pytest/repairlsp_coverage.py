"""pytest plugin: which lines of the copy each test executes.

Setup and teardown count as the test's own, and so do the Python processes that it starts. Lines
that run outside tests, at import, get the id "". The result is a JSON file:
{"tests": [ID, ...], "lines": {path: {index of the id: [line, ...]}}}.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from repairlsp_collectors import (  # type: ignore[import-not-found]
    Lines,
    inside,
    start_collector,
)
from repairlsp_report import SPEC, write  # type: ignore[import-not-found]

_IN_PROCESSES = Path(__file__).with_name("subprocesses")
_collector: Any = None
_context = ""
_subprocesses: dict[str, Lines] = {}


def start() -> None:
    """Measure from here on."""
    global _collector  # noqa: PLW0603 (a plugin module is one object for the session)
    try:
        _collector = start_collector(
            SPEC["root"], SPEC["coverage_package"], SPEC.get("collector", "")
        )
    except (Exception, SystemExit) as error:  # noqa: BLE001
        _give_up(error)
        return
    told = {name: SPEC[name] for name in ("root", "coverage_package")}
    told["results"] = SPEC["coverage"] + "."
    os.environ["REPAIRLSP_SUBPROCESSES"] = json.dumps(told)
    path = [str(_IN_PROCESSES), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, path))


def _give_up(error: BaseException) -> None:
    """The tests run all the same."""
    global _collector  # noqa: PLW0603
    _collector = None
    write(note=f"no coverage was measured: {type(error).__name__}: {error}")


if SPEC is not None and SPEC["coverage"] is not None:
    start()


def _switch(context: str) -> None:
    global _context  # noqa: PLW0603
    result = Path(SPEC["coverage"])
    for file in result.parent.glob(f"{result.name}.*.lines"):
        lines = _subprocesses.setdefault(_context, set())
        lines.update((path, line) for path, line in json.loads(file.read_text("utf-8")))
        file.unlink()
    _context = context
    try:
        _collector.switch_context(context)
    except Exception as error:  # noqa: BLE001 (a test has taken the collector's tool away)
        _give_up(error)


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: Any) -> Generator[None, Any, None]:
    if _collector is not None:
        _switch(item.nodeid)
    yield
    if _collector is not None:
        _switch("")


@pytest.hookimpl(hookwrapper=True)
def pytest_sessionfinish() -> Generator[None, Any, None]:
    yield
    if _collector is not None:
        _switch("")
    if _collector is not None:
        _save(inside(SPEC["root"], _collector.stop()))


def _save(by_test: dict[str, Lines]) -> None:
    for test, measured in _subprocesses.items():
        by_test.setdefault(test, set()).update(measured)
    lines: dict[str, dict[int, list[int]]] = {}
    for index, places in enumerate(by_test.values()):
        for path, line in sorted(places):
            lines.setdefault(path, {}).setdefault(index, []).append(line)
    text = json.dumps({"tests": list(by_test), "lines": lines})
    Path(SPEC["coverage"]).write_text(text, "utf-8")
