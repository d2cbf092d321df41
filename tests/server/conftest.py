"""Servers to test: the real one, over standard input and output."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.raw import RawServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RawServer]:
    """A server that nothing was said to yet."""
    with RawServer(tmp_path / "stderr") as running:
        yield running
        assert running.stray == b"", "something that is no frame came on standard output"


@pytest.fixture(scope="module")
def warm_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RawServer]:
    """An initialized server that a module's tests share: what one does must not harm the next."""
    with RawServer(tmp_path_factory.mktemp("server") / "stderr") as running:
        running.initialize()
        yield running
        assert running.stray == b"", "something that is no frame came on standard output"
