"""What the tests of the command line share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Where a command makes its temporary files, and nobody else does."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder
