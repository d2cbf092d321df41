"""pytest plugin: has a witness of the run, which the code under test cannot reach, look at it.

What the witness sees of each test, what was replaced in the test runner and which lines of the
project looked for it are in repairlsp_witness.py. Here is only what has to be a part of pytest, and
is therefore within reach of everything: it says when to look, and cannot say what was seen.

Loaded in processes that prove a candidate, not in the fork server: it costs about 10 ms a session.
Python 3.9 or later, pytest 7 or later, nothing but the standard library.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from repairlsp_report import SPEC  # type: ignore[import-not-found]

_ours = {name: module for name, module in sys.modules.items() if name.startswith("repairlsp_")}


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: Any) -> Generator[None, Any, None]:
    if SPEC is not None:
        begin = _hidden("repairlsp_witness")["begin"]
        callers = [
            each.__code__
            for each in (
                pytest_collection_finish,
                pytest_pyfunc_call,
                pytest_runtest_makereport,
                pytest_sessionfinish,
            )
        ]
        modules = {**sys.modules, **_ours}
        key = SPEC.pop("witness_key")
        originals = _hidden("repairlsp_originals")
        begin(SPEC, early_config.pluginmanager, modules, callers, key, originals)
        _ours.clear()
        del begin, key, originals
    yield


def _hidden(name: str) -> Any:
    """A file of ours, executed in a namespace that nobody else gets to know."""
    place = Path(__file__).with_name(f"{name}.py")
    space = {"__builtins__": dict(vars(builtins)), "__name__": name}
    exec(compile(place.read_text("utf-8"), str(place), "exec"), space)
    return space


def pytest_collection_finish(session: Any) -> None:
    if SPEC is not None:
        sys.audit("repairlsp.witness", "tests", [str(item.path) for item in session.items])


@pytest.hookimpl(hookwrapper=True, trylast=True)
def pytest_pyfunc_call(pyfuncitem: Any) -> Generator[None, Any, None]:
    """The innermost: what the test's function raised, nobody has caught or changed yet."""
    outcome = yield
    if SPEC is not None:
        sys.audit("repairlsp.witness", "ended", pyfuncitem, "body", outcome.excinfo is not None)


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Generator[None, Any, None]:
    if SPEC is not None:
        # unittest's own machinery catches what its tests raise, and pytest keeps it here.
        raised = call.excinfo is not None or bool(getattr(item, "_excinfo", None))
        sys.audit("repairlsp.witness", "ended", item, call.when, raised)
    yield


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_sessionfinish(session: Any) -> Generator[None, Any, None]:
    yield
    if SPEC is not None:
        sys.audit("repairlsp.witness", "exit", list(session.config.pluginmanager.get_plugins()))
