"""The shipped model, the real worker: nothing here is a stand-in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from repairlsp.generate import prompt as prompts
from repairlsp.models import catalog, manifest
from repairlsp.models.client import ModelWorker


@pytest.fixture(scope="session")
def shipped() -> Path:
    return catalog.resolve(None)


@pytest.fixture
def model_copy(shipped: Path, tmp_path: Path) -> Path:
    """A copy of the shipped folder, to be damaged."""
    folder = tmp_path / "model"
    shutil.copytree(shipped, folder)
    return folder


@pytest.fixture(scope="session")
def prompt(shipped: Path) -> str:
    """A short function whose last line is suspicious, in the shipped model's own format."""
    lines = ["def area(a, b):", "    x = a", "    return x - b"]
    return prompts.load(manifest.read(shipped).prompt_family).render(lines, {3}, "")


@pytest.fixture(scope="session")
def long_prompt(shipped: Path) -> str:
    """Long enough that the worker is busy with it for a while."""
    lines = ["def area(a, b):", *(f"    x{n} = a + b * {n}" for n in range(60)), "    return a"]
    return prompts.load(manifest.read(shipped).prompt_family).render(lines, set(), "")


@pytest.fixture(scope="module")
def worker(shipped: Path) -> Iterator[ModelWorker]:
    with ModelWorker(shipped, threads=1) as running:
        yield running
