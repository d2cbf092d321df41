"""Tests made of data: a file of pytest for each case, so that a case can be visible or hidden."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

HARNESS = "tests/cases_harness.py"
"""The module that compares, beside the cases."""


def harness() -> bytes:
    """The text of `HARNESS`."""
    return Path(__file__).with_name("in_suite").joinpath("cases_harness.py").read_bytes()


def case_files(bodies: Sequence[str], what: str) -> dict[str, bytes]:
    """Path -> text, by number; a body is the lines of a test, without indentation."""
    files = {}
    for number, body in enumerate(bodies, 1):
        lines = "".join(f"    {line}\n" for line in body.splitlines())
        text = f"import cases_harness\n\n\ndef test_{what}_{number:03}():\n{lines}"
        files[f"tests/test_{what}_{number:03}.py"] = text.encode()
    return files
