"""kill -9 of the model worker in the middle of a repair: the search goes on with templates, and
what comes out says what happened and what to do."""

from __future__ import annotations

from pathlib import Path

import psutil

from repairlsp.engine import repair
from repairlsp.models.catalog import resolve
from repairlsp.models.client import ModelWorker
from repairlsp.types import Limits, Progress, RepairRequest
from tests.cli.command import snapshot

# No small edit repairs this one.
HOPELESS = "def total(prices):\n    raise NotImplementedError('shipping, taxes, and so on')\n"
TEST = "from shop import total\n\ndef test_total():\n    assert total([1, 2]) == 3\n"


class Killer:
    """Kills each worker as soon as it is asked about the code."""

    def __init__(self, worker: ModelWorker) -> None:
        self.worker = worker
        self.killed: list[int] = []

    def __call__(self, progress: Progress) -> None:
        if progress.stage == "generate":
            self.worker.hello()
            assert self.worker.pid is not None
            process = psutil.Process(self.worker.pid)
            process.suspend()  # it would answer sooner than it is killed
            self.killed.append(process.pid)
        elif self.killed and progress.stage == "validate" and psutil.pid_exists(self.killed[-1]):
            psutil.Process(self.killed[-1]).kill()


def test_the_search_goes_on_and_tells(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(HOPELESS)
    (tmp_path / "test_shop.py").write_text(TEST)
    before = snapshot(tmp_path)
    request = RepairRequest(tmp_path, ("pytest", "-q"), limits=Limits(max_seconds=20.0))
    with ModelWorker(resolve(None), threads=1) as worker:
        killer = Killer(worker)
        result = repair(request, model=worker, observe=killer)
        assert killer.killed
        assert worker.hello().name, "the next request works"
    assert result.status == "not-repaired"
    assert result.counts["validated"] > 0
    assert "the model worker ended (signal 9)" in result.message
    assert "Ask again" in result.message
    assert snapshot(tmp_path) == before
