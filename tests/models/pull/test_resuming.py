"""Broken connections and bad servers: a pull goes on where it was, and tells what is no use."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from repairlsp.errors import ModelError
from repairlsp.models import catalog, sources
from repairlsp.models.pull import pull
from tests.models.pull.pulling import NO_PAUSES, fetched, models, state
from tests.models.pull.server import Server


def test_a_broken_connection_is_gone_on_from(server: Server, model_copy: Path) -> None:
    server.breaks = [1_000_000, 0, 2_000_000, 100]
    assert state(fetched(server).folder) == state(model_copy)
    asked = [span for path, span in server.seen if path.endswith("model.onnx.data")]
    assert any(span and span != "bytes=0-" for span in asked)


def test_a_pull_that_failed_goes_on_the_next_time(server: Server, model_copy: Path) -> None:
    server.breaks = [3_000_000] + [0] * 9
    with pytest.raises(ModelError, match="broke off") as caught:
        fetched(server)
    assert "same command again" in caught.value.hint
    assert models() == []
    server.breaks = []
    server.seen.clear()
    assert state(fetched(server).folder) == state(model_copy)
    spans = [span for path, span in server.seen if path.endswith("model.onnx.data")]
    assert spans
    assert "" not in spans, "it fetched again what it had"


def test_a_server_without_ranges(server: Server, model_copy: Path) -> None:
    server.ranges = False
    server.breaks = [1_000_000, 2_000_000]
    assert state(fetched(server).folder) == state(model_copy)


def test_passing_errors_are_waited_for_and_lasting_ones_are_told(server: Server) -> None:
    server.errors = [503, 429]
    assert fetched(server).is_new
    server.errors = [404]
    with pytest.raises(ModelError, match="404"):
        fetched(server)
    server.errors = [500] * 9
    with pytest.raises(ModelError, match="500"):
        fetched(server)


def test_a_part_that_is_not_of_this_file_is_fetched_again(server: Server, model_copy: Path) -> None:
    server.breaks = [100_000] + [0] * 9
    with pytest.raises(ModelError):
        fetched(server)
    for part in catalog.pulled_models().rglob("*.part"):
        part.write_bytes(b"x" * part.stat().st_size)
    server.breaks = []
    assert state(fetched(server).folder) == state(model_copy)


def test_nobody_there_is_told(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ModelError, match="could not be downloaded"):
        pull(sources.find(f"http://127.0.0.1:{port}/m"), pauses=NO_PAUSES)
