"""The model worker runs out of memory: told as such, and the next request works."""

from __future__ import annotations

import functools
import resource
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from repairlsp.errors import ModelError
from repairlsp.models.client import ModelWorker

MIB = 1 << 20


@pytest.mark.skipif(not psutil.LINUX, reason="only Linux limits the memory of a running process")
def test_while_it_computes(shipped: Path, long_prompt: str) -> None:
    with ModelWorker(shipped, threads=1) as worker:
        worker.hello()
        process = psutil.Process(worker.pid)
        most = process.memory_info().vms + 8 * MIB
        process.rlimit(psutil.RLIMIT_AS, (most, most))
        with pytest.raises(ModelError, match="the model ran out of memory") as failure:
            worker.suggest(long_prompt, beams=250, max_new_tokens=400)
        assert "Close something or choose a smaller model" in failure.value.hint
        assert not process.is_running(), "what it had taken is free again"
        assert worker.suggest(long_prompt, beams=2, max_new_tokens=8)


@pytest.mark.parametrize("limit", [150, 170, 200], ids=["Python", "the runtime", "the model"])
def test_while_it_starts(shipped: Path, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    """Whatever it is that does not fit into so many MiB."""

    def confine() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limit * MIB, limit * MIB))

    confined = functools.partial(subprocess.Popen, preexec_fn=confine)
    with ModelWorker(shipped, threads=1) as worker:
        with monkeypatch.context() as patched:
            patched.setattr("repairlsp.models.process.subprocess.Popen", confined)
            with pytest.raises(ModelError) as failure:
                worker.hello()
        assert "memory" in str(failure.value)
        assert len(str(failure.value)) < 400, "a whole traceback"
        assert "Close something or choose a smaller model" in failure.value.hint
        assert worker.hello().name


OURSELVES = """
import resource, sys
from pathlib import Path
from repairlsp.errors import ModelError
from repairlsp.models.client import ModelWorker

soft, hard = resource.getrlimit(resource.RLIMIT_AS)
worker = ModelWorker(Path(sys.argv[1]), threads=1)
for more in range(0, 40 << 20, 4 << 20):
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + more, hard))
    try:
        worker.hello(seconds=20)
    except ModelError:
        pass
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
print(worker.hello().name)
worker.close()
"""


@pytest.mark.skipif(not psutil.LINUX, reason="reads /proc")
def test_where_there_is_none_for_the_client_either(shipped: Path) -> None:
    """No memory for a thread, a pipe, a line: told or survived, and never waited for."""
    done = subprocess.run(
        [sys.executable, "-c", OURSELVES, str(shipped)],
        capture_output=True,
        text=True,
        timeout=100,  # less than the time that a worker has to start in
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "repairlsp-phi3-tiny\n"), done.stderr
