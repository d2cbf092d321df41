"""The collected patches, honest and silencing, as Failure and sources."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from repairlsp.overfitting import Failure, cautions
from repairlsp.source import SourceText
from repairlsp.types import Caution, TestCase, TestRun


class Fix(NamedTuple):
    """A patch as the collections have it: `old`, which stands once in `source`, becomes `new`."""

    name: str
    source: str
    old: str
    new: str
    test: str

    @property
    def patched(self) -> str:
        assert self.source.count(self.old) == 1, self.name
        return self.source.replace(self.old, self.new)


def collected(name: str) -> list[Fix]:
    text = Path(__file__).with_name(f"{name}.toml").read_text("utf-8")
    return [Fix(**entry) for entry in tomllib.loads(text)["fix"]]


def outcome(source: str, test: str) -> str:
    """How the test ends with the source: "" or the exception's name and text."""
    names: dict[str, Any] = {}
    exec(source, names)
    exec(test, names)
    run = next(value for name, value in names.items() if name.startswith("test_"))
    rows = [mark.args[1] for mark in getattr(run, "pytestmark", [])]
    try:
        for row in rows[0] if rows else [()]:
            run(*row) if isinstance(row, tuple) else run(row)
    except Exception as error:  # noqa: BLE001 - the patches are arbitrary code
        return f"{type(error).__name__}: {error}"
    except pytest.fail.Exception as error:  # no Exception: what `pytest.raises` fails with
        return f"Failed: {error}"
    return ""


def failure(test: str, message: str) -> Failure:
    """What the test, alone in its file, says when it ends with `message`."""
    names = (node.name for node in ast.parse(test).body if isinstance(node, ast.FunctionDef))
    case = TestCase(f"test_it.py::{next(names)}", "failed", message)
    text = SourceText.from_text(test)
    return Failure.of(TestRun("failed", 1, (case,), 0.1), {}, lambda path: text)


def cautions_of_texts(before: str, after: str, about: Failure) -> tuple[Caution, ...]:
    return cautions("m.py", SourceText.from_text(before), SourceText.from_text(after), about)
