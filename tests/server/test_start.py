"""What is imported when. That is what makes the start fast, and it can be tested; time cannot."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from repairlsp.server import messages
from tests.server.raw import RawServer

# Python writes a line to standard error for each module at the moment it is imported.
TRACED = (sys.executable, "-X", "importtime", "-m", "repairlsp", "serve")

LIBRARY = {"pygls", "lsprotocol", "cattrs", "attr", "attrs", "asyncio"}
"""What the server works with once it has greeted the client."""

NEVER_UNASKED = {
    "repairlsp.engine",
    "repairlsp.models",
    "repairlsp.generate",
    "repairlsp.context",
    "repairlsp.localize",
    "repairlsp.validate",
    "repairlsp.sandbox",
    "tree_sitter",
    "tree_sitter_python",
    "onnxruntime",
    "onnxruntime_genai",
    "numpy",
    "jinja2",
    "git",
    "rich",
    "unidiff",
    "pytest",
    "psutil",
    "coverage",
}


@pytest.fixture
def traced(tmp_path: Path) -> Iterator[RawServer]:
    with RawServer(tmp_path / "imports", TRACED) as running:
        yield running


def imported(server: RawServer) -> set[str]:
    """The modules imported so far."""
    text = server.errors.read_text()
    return set(re.findall(r"^import time:.*\| +(\S+)$", text, flags=re.MULTILINE))


def roots(modules: set[str]) -> set[str]:
    return modules | {name.split(".")[0] for name in modules}


def test_initialize_is_answered_with_the_standard_library_alone(traced: RawServer) -> None:
    # Refused params take the same way, and then the server waits where we can look at it.
    reply = traced.request(0, "initialize", {"processId": None})
    assert reply["error"]["code"] == messages.INVALID_PARAMS
    before = imported(traced)
    assert "repairlsp.server.greeting" in before, "the trace does not work"
    assert not roots(before) & (NEVER_UNASKED | LIBRARY)


def test_code_actions_import_neither_engine_nor_model(traced: RawServer) -> None:
    traced.initialize()
    traced.open("file:///a.py", "def f(x):\n    return x\n")
    place = {"line": 1, "character": 4}
    diagnostic = {"range": {"start": place, "end": place}, "message": "wrong"}
    params = {
        "textDocument": {"uri": "file:///a.py"},
        "range": {"start": place, "end": place},
        "context": {"diagnostics": [diagnostic]},
    }
    reply = traced.request(1, "textDocument/codeAction", params)
    assert [action["kind"] for action in reply["result"]] == [
        "quickfix.repairlsp",
        "refactor.rewrite.repairlsp",
    ]
    after = roots(imported(traced))
    assert after >= {"pygls", "lsprotocol"}
    assert not after & NEVER_UNASKED
