"""What `repairlsp model pull` prints while it works."""

from __future__ import annotations

import pytest

from repairlsp.cli.main import main
from tests.models.pull.server import Server


def test_progress_is_percents_of_files(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "pull", "--progress", f"{server.url}/m"]) == 0
    lines = capsys.readouterr().out.splitlines()
    percents = [
        int(line.partition(" ")[0]) for line in lines if line.endswith(" % model.onnx.data")
    ]
    assert percents == sorted(set(percents))
    assert percents[-1] == 100
    assert lines[-1] == "  use it with --model m"


def test_without_a_terminal_nothing_moves(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["model", "pull", f"{server.url}/m"]) == 0
    printed = capsys.readouterr()
    assert "%" not in printed.out
    assert printed.err == ""
