"""pytest plugin: runs the tests that repairlsp asks for, all of them or until one fails.

It selects by test id whatever paths and options the user's command names, and switches off what
would run tests elsewhere, stop early for other reasons, or measure coverage for itself.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from repairlsp_report import SPEC, write  # type: ignore[import-not-found]

_session: Any = None


@pytest.hookimpl(hookwrapper=True)
def pytest_load_initial_conftests(early_config: Any, args: list[str]) -> Generator[None, Any, None]:
    if SPEC is not None:
        _quiet_other_plugins(early_config, args)
    yield


def _quiet_other_plugins(early_config: Any, args: list[str]) -> None:
    def has(*names: str) -> bool:
        """By the name of its entry point, or, after `-p`, of its module."""
        return any(early_config.pluginmanager.hasplugin(name) for name in names)

    known = early_config.known_args_namespace
    extra = []
    if has("pytest_cov", "pytest_cov.plugin"):
        known.no_cov = True
        extra.append("--no-cov")
    if has("xdist", "xdist.plugin"):
        extra += ["-n", "0"]
    if has("randomly", "pytest_randomly"):
        extra += ["--randomly-dont-reorganize", "--randomly-seed=0"]
    if has("hypothesispytest", "_hypothesis_pytestplugin") and not any(
        str(arg).startswith("--hypothesis-seed") for arg in args
    ):
        extra.append("--hypothesis-seed=0")  # the same examples before and after a patch
    at = args.index("--") if "--" in args else len(args)
    args[at:at] = extra


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: Any) -> None:
    if SPEC is None:
        return
    config.option.maxfail = 0  # `-x` would hide tests that a patch may break
    # One file that cannot be imported must not hide the tests of all the others.
    config.option.continue_on_collection_errors = True
    if SPEC["only"] is not None:
        places = [config.rootpath / test.partition("::")[0] for test in SPEC["only"]]
        if all(place.exists() for place in places):
            config.args = list(dict.fromkeys(str(place) for place in places))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    if SPEC is None or SPEC["only"] is None:
        return
    kept = wanted(items)
    if len(kept) < len(items):
        keep = set(map(id, kept))
        config.hook.pytest_deselected(items=[item for item in items if id(item) not in keep])
        items[:] = kept


def wanted(items: list[Any]) -> list[Any]:
    """The items that were asked for by their id, or by that of what they are in."""
    if SPEC["only"] is None:
        return items
    exact = set(SPEC["only"])
    containers = tuple(test + end for test in exact for end in ("::", "/"))
    return [
        item
        for item in items
        if item.nodeid in exact or item.nodeid.startswith(containers) or "." in exact
    ]


def pytest_sessionstart(session: Any) -> None:
    global _session  # noqa: PLW0603 (a plugin module is one object for the whole session)
    _session = session


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: Any) -> None:
    if SPEC is not None and report.failed:
        _stop_unless_tolerated(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_collectreport(report: Any) -> None:
    if SPEC is not None and report.failed:
        _stop_unless_tolerated(report.nodeid or ".")


def _stop_unless_tolerated(nodeid: str) -> None:
    tolerated = SPEC["tolerate"]
    if tolerated is not None and nodeid not in tolerated and _session is not None:
        if not _session.shouldfail:
            write(stopped=nodeid)
        _session.shouldfail = "repairlsp has seen enough"
