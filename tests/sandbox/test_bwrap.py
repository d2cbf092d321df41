"""What only bubblewrap gives (check 22): a file system and processes of one's own."""

import sys
from pathlib import Path

import pytest

from repairlsp.sandbox import Sandbox, allowed_environment, bwrap_problem, choose

pytestmark = pytest.mark.skipif(
    bwrap_problem() is not None, reason=f"bubblewrap cannot run here: {bwrap_problem()}"
)


@pytest.fixture
def sandbox() -> Sandbox:
    return choose("bwrap")


def run(sandbox: Sandbox, folder: Path, script: str, readable: tuple[Path, ...] = ()):
    return sandbox.run(
        ["/bin/sh", "-c", script],
        cwd=folder,
        env=allowed_environment(),
        seconds=30,
        memory_bytes=1 << 30,
        writable=[folder],
        readable=readable,
    )


def test_the_home_folder_is_not_there(sandbox, tmp_path):
    done = run(sandbox, tmp_path, f"ls -A {Path.home()} 2>&1; cat /etc/shadow 2>&1")
    assert done.output.count("No such file or directory") == 2, done.output


def test_only_the_named_folder_is_writable(sandbox, tmp_path_factory):
    folder, other = tmp_path_factory.mktemp("own"), tmp_path_factory.mktemp("other")
    (other / "there").write_text("kept")
    script = f"""
    echo new > {folder}/made
    echo broken > {other}/there
    for place in / /usr /etc /var /run; do touch $place/was-here && echo "wrote to $place"; done
    """
    done = run(sandbox, folder, script, readable=(other,))
    assert (folder / "made").read_text() == "new\n"
    assert (other / "there").read_text() == "kept"
    assert "wrote to" not in done.output


def test_temporary_files_do_not_leave_the_sandbox(sandbox, tmp_path):
    done = run(sandbox, tmp_path, "echo x > /tmp/repairlsp-stray && cat /tmp/repairlsp-stray")
    assert done.output == "x\n"
    assert not Path("/tmp/repairlsp-stray").exists()


def test_other_processes_are_invisible(sandbox, tmp_path):
    done = run(sandbox, tmp_path, "ls -d /proc/[0-9]* | wc -l")
    assert int(done.output) < 8


def test_a_folder_named_readable_inside_the_home_is_seen(sandbox, tmp_path):
    done = run(
        sandbox, tmp_path, f"{sys.executable} -I -S -c 'print(6 * 7)'",
        readable=(Path(sys.prefix), Path(sys.base_prefix)),
    )  # fmt: skip
    assert done.output == "42\n"
