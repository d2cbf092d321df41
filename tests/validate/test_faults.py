"""What happens when the machine lets us down: a message, nothing of the user's touched, nothing
left behind. Kills of servers and children are in test_slot_servers.py, of launchers in
sandbox/test_run.py.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from repairlsp.errors import BrokenEnvironmentError
from repairlsp.types import Candidate
from repairlsp.validate import Slot, Workspace, validate
from tests.validate.projects import FIX, bench, contents, write_project
from tests.validate.slots import plan_of

NO_MOUNTS = subprocess.run(
    ["unshare", "-Urm", "true"], capture_output=True, check=False
).returncode != 0  # fmt: skip


def fix_with_temporary_folder(
    project: Path, folder: Path, options: str
) -> subprocess.CompletedProcess[str]:
    """`repairlsp fix` where `folder`, in a mount namespace of its own, is the temporary folder."""
    script = f'mount -t tmpfs -o {options} tmpfs "$1" && shift && exec "$@"'
    words = [sys.executable, "-m", "repairlsp", "fix", str(project), "--sandbox", "limits"]
    return subprocess.run(
        ["unshare", "-Urm", "/bin/sh", "-c", script, "sh", str(folder), *words],
        env={**os.environ, "TMPDIR": str(folder)},
        cwd=project,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(NO_MOUNTS, reason="this machine allows no mount namespace")
@pytest.mark.parametrize("size", ["60k", "220k"], ids=["at-the-start", "while-copying"])
def test_a_full_disk_is_told_as_one(shop, tmp_path, size):
    folder = tmp_path / "t"
    folder.mkdir()
    write_project(shop, {"data.txt": "x" * 120_000})
    before = contents(shop)
    done = fix_with_temporary_folder(shop, folder, f"size={size}")
    assert done.returncode == 2, done.stdout
    assert "No space left on device" in done.stderr
    assert "TMPDIR" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(shop) == before


def test_a_project_is_not_its_own_temporary_folder(shop, monkeypatch):
    """Python takes the current folder when no other can be written to."""
    monkeypatch.setattr("tempfile.tempdir", str(shop))
    before = contents(shop)
    with pytest.raises(BrokenEnvironmentError, match="in the project itself"), Workspace(shop):
        pass
    assert contents(shop).keys() == before.keys()


def test_a_temporary_folder_that_is_deleted_while_in_use(shop, sandbox):
    before = contents(shop)
    with bench(shop, sandbox) as made:
        plan = plan_of(made)
        with Slot(made.copy, plan, use_fork_server=False) as slot:
            shutil.rmtree(made.workspace.folder)
            with pytest.raises(BrokenEnvironmentError, match="was deleted while") as error:
                validate(Candidate((FIX,), "template:test"), slot, plan)
        assert "try again" in error.value.hint
        with pytest.raises(BrokenEnvironmentError, match="was deleted while"):
            made.run()
    assert contents(shop) == before


def test_nothing_is_left_after_a_kill(shop, tmp_path):
    """SIGKILL in mid-validation: every process ends, and the next start removes the files."""
    folder = tmp_path / "t"
    folder.mkdir()
    write_project(shop, {"tests/test_slow.py": "import time\ndef test(): time.sleep(60)\n"})
    before = contents(shop)
    environment = {**os.environ, "TMPDIR": str(folder)}
    ours = subprocess.Popen(
        [sys.executable, "-m", "repairlsp", "fix", str(shop), "--sandbox", "limits"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    root = psutil.Process(ours.pid)
    deadline = time.monotonic() + 60
    below: list[psutil.Process] = []
    while time.monotonic() < deadline:
        below = root.children(recursive=True)
        if any(str(folder) in json.dumps([*each.cmdline(), each.cwd()]) for each in below[1:]):
            break
        time.sleep(0.05)
    assert len(below) > 1, "no test was started"
    ours.send_signal(signal.SIGKILL)
    ours.wait()
    _, alive = psutil.wait_procs(below, timeout=20)
    assert not alive
    assert contents(shop) == before
    assert list(folder.glob("repairlsp-*"))
    script = (
        "import sys; from pathlib import Path; from repairlsp.validate import Workspace\n"
        "with Workspace(Path(sys.argv[1])) as new: print(new.folder.name)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(shop)],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("repairlsp-")
    assert not list(folder.glob("repairlsp-*"))


def test_a_folder_that_cannot_be_made_is_told(shop, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with (
        pytest.raises(BrokenEnvironmentError, match="no temporary folder") as error,
        Workspace(shop),
    ):
        pass
    assert "TMPDIR" in error.value.hint
