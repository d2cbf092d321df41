"""pytest plugin: a session that stops where its tests would run, and forks for every candidate.

The parent serves requests; it never runs a test. A child leaves the serving as an ordinary session
with the candidate's code in it, runs the tests that it was asked for, writes a report of its own,
and ends. There are two places to stop at:

- "warm", after collection: children get the candidate's code swapped in (repairlsp_swap.py);
- "cold", before anything of the project is loaded, its conftest.py included: children load it
  themselves, from the patched files.

Messages are JSON, one a line. First we say {"ready": true, "modules": [[NAME, FILE], ...]}, the
loaded modules from outside the project, or {"refused": WHY, "modules": ...}. Requests are
{"regions": [[path, lines before, [old line, ...], [new line, ...], [future feature, ...],
[imported name, ...]], ...], "only": IDS or null, "tolerate": IDS or null, "case_seconds": S,
"cpu_seconds": S, "cpu_total": S, "seconds": S, "report": PATH, "key": KEY, "coverage": PATH or
null}. Answers are {"refused": WHY} or {"exit": CODE, -SIGNAL or null, "by": "itself", "time" or
"cancel", "cpu": S}.
Anything that comes while a child runs cancels it; the end of the connection ends us all.

Python 3.9 or later, pytest 7 or later, nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.util
import json
import os
import socket
import sys
from collections.abc import Generator
from typing import Any

import pytest
from repairlsp_child import become_child  # type: ignore[import-not-found]
from repairlsp_children import (  # type: ignore[import-not-found]
    adopt_orphans,
    fork,
    reason_not_to_fork,
    wait,
)
from repairlsp_copy import note_foreign_modules  # type: ignore[import-not-found]
from repairlsp_report import SPEC, write  # type: ignore[import-not-found]
from repairlsp_selection import wanted  # type: ignore[import-not-found]
from repairlsp_swap import (  # type: ignore[import-not-found]
    LoadedProject,
    Refused,
    Region,
    Swap,
    loaded_files,
)

_SERVE: Any = SPEC.get("serve") if SPEC is not None else None
_collection_errors: list[str] = []
# Kept, for a child that frees the parent's objects copies the memory that they are in: 1 ms.
_stages: dict[str, Any] = {}


def pytest_collectreport(report: Any) -> None:
    if report.failed:
        _collection_errors.append(report.nodeid)


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, Any, None]:
    if _SERVE is not None and _SERVE["mode"] == "cold":
        _serve(_stages.setdefault("cold", _Cold()))
    yield


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtestloop(session: Any) -> Generator[None, Any, None]:
    if _SERVE is not None and _SERVE["mode"] == "warm":
        _serve(_stages.setdefault("warm", _Warm()))
        session.items = wanted(session.items)
        session.testscollected = len(session.items)
        write(collected=len(session.items))
    yield


# ---------------------------------------------------------------------------------- where to stop


class _Warm:
    """After collection: a candidate is swapped in."""

    def __init__(self) -> None:
        self.problem = ""
        if _collection_errors:
            self.problem = f"{_collection_errors[0]} cannot be collected"
            return
        gc.collect()
        self._project = LoadedProject(SPEC["root"], SPEC["serve"]["ran"])

    def prepare(self, regions: list[Region]) -> Swap:
        return self._project.swap(regions)


class _Cold:
    """Before the project is loaded: a candidate is loaded from its files, libraries beforehand."""

    problem = ""

    def __init__(self) -> None:
        for name, file in _SERVE["preload"]:
            with contextlib.suppress(Exception):
                found = importlib.util.find_spec(name)
                if found is not None and found.origin == file:
                    importlib.import_module(name)

    def prepare(self, regions: list[Region]) -> Swap:
        loaded = set(map(os.path.abspath, loaded_files().values()))
        for region in regions:
            if os.path.join(SPEC["root"], region.path) in loaded:  # noqa: PTH118
                raise Refused(f"{region.path} is loaded before any test")
        return Swap()


# ---------------------------------------------------------------------------------------- serving


def _serve(stage: Any) -> None:
    """Answer requests. Returns in a child alone."""
    connection = _connect(_SERVE["socket"])
    lines = connection.makefile("rb")
    problem = reason_not_to_fork() or stage.problem
    if problem:
        _say(connection, refused=problem, modules=_modules_from_outside())
        _leave()
    adopt_orphans()
    note_foreign_modules()
    uses_gc = _project_uses_gc()
    gc.collect()
    gc.freeze()
    offsets = _offsets()
    _say(connection, ready=True, modules=_modules_from_outside())
    while True:
        line = lines.readline()
        if not line:
            _leave()
        request = json.loads(line)
        if "cancel" in request:
            continue  # it came after its child had ended
        try:
            swap = stage.prepare([Region(*region) for region in request["regions"]])
        except Refused as refused:
            _say(connection, refused=str(refused))
            continue
        _rewind(offsets)
        pid = fork()
        if pid == 0:
            connection.close()
            lines.close()
            if uses_gc:
                gc.unfreeze()
            swap.apply()
            become_child(request)
            return
        ended = wait(pid, request["seconds"], request["cpu_total"], connection)
        _say(connection, **ended._asdict())


def _connect(path: str) -> socket.socket:
    """Connect by the name alone: a whole path may be longer than a socket's address can hold."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    here = os.getcwd()  # noqa: PTH109
    folder, name = os.path.split(path)
    os.chdir(folder)
    try:
        connection.connect(name)
    finally:
        os.chdir(here)
    return connection


def _say(connection: socket.socket, **message: Any) -> None:
    try:
        connection.sendall(json.dumps(message).encode() + b"\n")
    except OSError:
        _leave()


def _leave() -> None:
    os._exit(0)


def _modules_from_outside() -> list[tuple[str, str]]:
    """The loaded modules that are not the project's, in the order of their loading."""
    inside = SPEC["root"] + os.sep
    return [
        (name, file)
        for name, file in loaded_files().items()
        if not os.path.abspath(file).startswith(inside)  # noqa: PTH100
    ]


def _project_uses_gc() -> bool:
    """Whether a module of the project could see that objects are hidden from the collector."""
    inside = SPEC["root"] + os.sep
    return any(
        file.startswith(inside)
        and any(value is gc for value in vars(sys.modules[name]).values())  # `in` compares: slow
        for name, file in loaded_files().items()
    )


def _offsets() -> dict[int, int]:
    """The positions in the open files, which all children share with us."""
    found = {}
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 (numbers, not paths)
            with contextlib.suppress(OSError):
                found[int(name)] = os.lseek(int(name), 0, os.SEEK_CUR)
    return found


def _rewind(offsets: dict[int, int]) -> None:
    for descriptor, offset in offsets.items():
        with contextlib.suppress(OSError):
            os.lseek(descriptor, offset, os.SEEK_SET)
