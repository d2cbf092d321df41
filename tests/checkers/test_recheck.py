"""Suggestions for a diagnostic, with the real tools asked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from repairlsp.engine import repair
from repairlsp.types import Diagnostic, Limits, LineSpan, RepairRequest

MEAN = """\
import math


def mean(values: list[float]) -> float:
    total = math.fsum(values)
    return total / len(value)
"""


def asked(folder: Path, source: str, message: str, code: str = "") -> RepairRequest:
    (folder / "mean.py").write_text(MEAN)
    found = Diagnostic("mean.py", LineSpan(6, 7), message, source, code)
    return RepairRequest(
        folder,
        files=("mean.py",),
        diagnostics=(found,),
        limits=Limits(max_seconds=120),
        use_model=False,
        use_checkers=True,
        allow_unverified=True,
    )


@pytest.mark.parametrize(
    ("source", "message", "code"),
    [
        ("Ruff", "Undefined name `value`", "F821"),
        ("mypy", 'Name "value" is not defined', "name-defined"),
    ],
)
def test_the_first_suggestion_satisfies_the_tool(
    tmp_path: Path, source: str, message: str, code: str
) -> None:
    (patch,) = repair(asked(tmp_path, source, message, code)).patches
    assert (patch.status, patch.satisfied) == ("unverified", source.lower())
    assert "value)" not in "".join(patch.edits[0].lines)


def test_a_diagnostic_that_the_tool_does_not_know_proves_nothing(tmp_path: Path) -> None:
    (patch,) = repair(asked(tmp_path, "Ruff", "Something else", "X1")).patches
    assert patch.satisfied == ""


def test_a_fix_that_brings_another_diagnostic_does_not_satisfy(tmp_path: Path) -> None:
    request = asked(tmp_path, "Ruff", "Undefined name `value`", "F821")
    (tmp_path / "ruff.toml").write_text('lint.select = ["F", "PLR0911", "RET"]\n')
    (patch,) = repair(request).patches
    assert patch.satisfied == "ruff"
    assert "values" in "".join(patch.edits[0].lines)


def test_a_syntax_error_of_any_source(tmp_path: Path) -> None:
    request = asked(tmp_path, "somebody", "expected ':'")
    (tmp_path / "mean.py").write_text(
        MEAN.replace("-> float:", "-> float").replace("(value)", "(values)")
    )
    (patch,) = repair(request).patches
    assert patch.satisfied == "Python's parser"
