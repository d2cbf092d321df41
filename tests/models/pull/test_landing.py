"""A pulled model lands whole, in one step, and never a bad folder over a good one (check 25)."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from repairlsp.errors import ModelError
from repairlsp.models import catalog
from tests.models.pull.pulling import another, fetched, leftovers, models, state
from tests.models.pull.server import Server


def test_a_pulled_model_is_the_one_that_is_served(server: Server, model_copy: Path) -> None:
    pulled = fetched(server)
    assert pulled.is_new
    assert catalog.resolve("m") == pulled.folder
    assert state(pulled.folder) == state(model_copy)
    assert catalog.names() == ["embedded", "m"]
    assert leftovers() == []
    again = fetched(server)
    assert (again.folder, again.is_new) == (pulled.folder, False)
    assert again.manifest_sha256 == state(model_copy)["manifest.json"]


def test_another_model_of_the_name_is_only_replaced_when_asked(
    server: Server, model_copy: Path
) -> None:
    first = fetched(server)
    another(model_copy)
    with pytest.raises(ModelError, match="another model named 'm'") as caught:
        fetched(server)
    assert "--replace" in caught.value.hint
    assert state(first.folder) != state(model_copy)
    fetched(server, replace=True)
    assert state(first.folder) == state(model_copy)
    assert leftovers() == []


def test_a_bad_folder_of_the_name_is_replaced(server: Server, model_copy: Path) -> None:
    folder = fetched(server).folder
    (folder / "tokenizer.json").write_text("{}")
    assert fetched(server).is_new
    assert state(folder) == state(model_copy)


def test_a_crash_between_the_two_renames_is_put_right(server: Server) -> None:
    folder = fetched(server).folder
    folder.rename(folder.parent / ".pulling" / "m" / "old")
    assert not fetched(server).is_new
    assert models() == ["m"]
    assert leftovers() == []


def test_two_at_once(server: Server, model_copy: Path) -> None:
    """In processes of their own: one fetches, the other waits and finds it there."""
    command = [sys.executable, "-m", "repairlsp", "model", "pull", f"{server.url}/m"]
    pulls = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [each.communicate()[0] for each in pulls]
    assert [each.returncode for each in pulls] == [0, 0], said
    assert state(catalog.pulled_models() / "m") == state(model_copy)
    assert sum(path.endswith("model.onnx.data") for path, _ in server.seen) == 1
    assert leftovers() == []


def test_killed_in_the_middle_it_goes_on(server: Server, model_copy: Path, home: Path) -> None:
    # A child that is killed -9 by its own progress, when half of the weights have come.
    script = (
        "import os, sys\n"
        "from repairlsp.models import pull, sources\n"
        "come = 0\n"
        "def observe(name, count, size):\n"
        "    global come\n"
        "    come += count\n"
        "    if come > 3_000_000: os.kill(os.getpid(), 9)\n"
        "pull.pull(sources.find(sys.argv[1]), observe=observe)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, f"{server.url}/m"], check=False)
    assert done.returncode == -signal.SIGKILL
    assert models() == []
    assert leftovers()
    assert state(fetched(server).folder) == state(model_copy)
    assert leftovers() == []


def test_the_disk_must_have_room(server: Server, model_copy: Path) -> None:
    record = json.loads((model_copy / "manifest.json").read_text())
    record["files"]["README.md"]["size"] = 1 << 60
    (model_copy / "manifest.json").write_text(json.dumps(record))
    with pytest.raises(ModelError, match="MB left"):
        fetched(server)
    assert len(server.seen) == 1


def test_the_command(server: Server, home: Path) -> None:
    command = [sys.executable, "-m", "repairlsp", "model", "pull", f"{server.url}/m", "--as", "x"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "use it with --model x" in done.stdout
    assert "--sha256 " in done.stdout
    assert models() == ["x"]
    shutil.rmtree(catalog.pulled_models())
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
    )
    assert done.returncode == 2
    assert "HF_HUB_OFFLINE" in done.stderr
