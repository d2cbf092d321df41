"""Working copies: what is in them, what an edit does to them, and what is left afterwards."""

import os
import shutil
import struct
import subprocess
import sys
import time
from hashlib import sha1
from pathlib import Path

import pytest

from repairlsp.errors import PatchError, UsageError
from repairlsp.types import Edit, LineSpan
from repairlsp.validate import Workspace
from tests.validate.projects import FIX, contents, git, write_project


def files_of(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}


# --------------------------------------------------------------------------- what is copied


def test_a_git_project_without_its_history_secrets_and_caches(tmp_path):
    project = write_project(
        tmp_path / "project",
        {
            ".gitignore": ".env\n_version.py\nbuild/\n*.log\n",
            ".env": "TOKEN=1",
            "pkg/__init__.py": "from pkg._version import version\n",
            "pkg/_version.py": "version = '1'\n",
            "pkg/new.py": "",
            "big.log": "x",
            "build/out.txt": "x",
            ".venv/pyvenv.cfg": "",
            ".venv/lib/module.py": "",
            "pkg/__pycache__/x.pyc": "",
        },
    )
    git(project, "init")
    git(project, "add", ".gitignore", "pkg/__init__.py")
    git(project, "commit", "-m", "x")
    with Workspace(project) as workspace:
        assert files_of(workspace.copy().root) == {
            ".gitignore",
            "pkg/__init__.py",
            "pkg/_version.py",  # ignored, but imported
            "pkg/new.py",  # not yet added
        }


def test_a_folder_inside_a_git_repository(tmp_path):
    write_project(tmp_path, {"outer.py": "", "inner/a.py": "", "inner/b.txt": ""})
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    with Workspace(tmp_path / "inner") as workspace:
        assert files_of(workspace.copy().root) == {"a.py", "b.txt"}


def test_a_project_without_git(tmp_path):
    project = write_project(
        tmp_path / "project",
        {
            "a.py": "",
            "data/x.bin": "",
            "env/pyvenv.cfg": "",
            "env/lib/module.py": "",
            "node_modules/x.js": "",
            ".mypy_cache/x": "",
        },
    )
    with Workspace(project) as workspace:
        assert files_of(workspace.copy().root) == {"a.py", "data/x.bin"}


def test_a_file_system_monitor_that_a_repository_names_is_not_run(tmp_path):
    project = write_project(tmp_path / "project", {"a.py": "", "monitor": "#!/bin/sh\ntouch ran\n"})
    (project / "monitor").chmod(0o755)
    git(project, "init")
    git(project, "config", "core.fsmonitor", str(project / "monitor"))
    with Workspace(project):
        pass
    assert not (project / "ran").exists()


def index_of(*names: bytes) -> bytes:
    """An index of git's as git would never write it, with these names."""
    data = b"DIRC" + struct.pack(">II", 2, len(names))
    for name in sorted(names):
        numbers = (*[0] * 6, 0o100644, 0, 0, 1)
        entry = struct.pack(">10I20sH", *numbers, b"x" * 20, len(name)) + name
        data += entry + b"\0" * (8 - len(entry) % 8)
    return data + sha1(data, usedforsecurity=False).digest()


def test_names_in_a_made_up_index_lead_nowhere_else(tmp_path):
    """Of a repository that came as a folder: the names in its index are its maker's."""
    secret, inner = tmp_path / "secret", tmp_path / "home" / "inner"
    inner.mkdir(parents=True)
    for file in (secret, inner.with_suffix(".py"), inner / "key"):
        file.write_text("secret")
    project = write_project(tmp_path / "project", {"a.py": "", "b\n.py": ""})
    git(project, "init")
    (project / "link").symlink_to(tmp_path / "home")
    names = (
        b"../secret",
        str(secret).encode(),
        b"link/inner.py",
        b"link/inner/key",
        b".git/config",
    )
    (project / ".git" / "index").write_bytes(index_of(b"a.py", b"b\n.py", *names))
    with Workspace(project) as workspace:
        assert set(workspace.files) == {"a.py", "b\n.py"}
        copies = {path for path in workspace.folder.rglob("*") if path.is_file()}
        assert not any(path.read_bytes() == b"secret" for path in copies)
        assert not (workspace.folder / "secret").exists()


def test_links_stay_inside_the_copy(tmp_path):
    (tmp_path / "secret").write_text("secret")
    project = write_project(tmp_path / "project", {"data/real.txt": "real", "pkg/a.py": ""})
    (project / "relative").symlink_to("data/real.txt")
    (project / "absolute").symlink_to(project / "data")
    (project / "outside").symlink_to(tmp_path / "secret")
    (project / "circle").symlink_to("circle")
    os.mkfifo(project / "pipe")
    with Workspace(project) as workspace:
        root = workspace.copy().root
        assert (root / "relative").resolve() == root / "data/real.txt"
        assert (root / "absolute").resolve() == root / "data"
        assert files_of(root) >= {"relative", "data/real.txt", "pkg/a.py"}
        assert set(workspace.left_out) == {"outside", "circle", "pipe"}
        (root / "absolute" / "real.txt").write_text("written through the link")
    assert (project / "data/real.txt").read_text() == "real"


def test_overlays_stand_in_for_files_in_the_encoding_of_the_file(tmp_path):
    project = write_project(tmp_path / "project", {"a.py": "x = 1\n"})
    (project / "latin.py").write_bytes(b"# -*- coding: latin-1 -*-\nname = '\xe9'\n")
    overlays = {
        "a.py": "x = 2\n",
        "latin.py": "# -*- coding: latin-1 -*-\nname = 'è'\n",
        "unsaved/new.py": "y = 1\n",
    }
    with Workspace(project, overlays) as workspace:
        root = workspace.copy().root
        assert (root / "a.py").read_text() == "x = 2\n"
        assert (root / "latin.py").read_bytes().endswith(b"name = '\xe8'\n")
        assert (root / "unsaved/new.py").read_text() == "y = 1\n"
        assert workspace.read("a.py") == b"x = 2\n"
    assert (project / "a.py").read_text() == "x = 1\n"


@pytest.mark.parametrize("path", ["../a.py", "/tmp/a.py"])
def test_an_overlay_outside_the_project_is_refused(tmp_path, path):
    with pytest.raises(UsageError, match="not a path inside"):
        Workspace(tmp_path, {path: ""}).__enter__()


def test_a_project_that_is_too_large_is_refused_with_a_hint(tmp_path):
    write_project(tmp_path, {"a.py": "x" * 3000})
    with pytest.raises(UsageError, match="too large") as error:
        Workspace(tmp_path, max_bytes=2000).__enter__()
    assert "--project" in error.value.hint


def test_a_read_only_project(tmp_path):
    project = write_project(tmp_path / "project", {"pkg/a.py": "x = 1\n"})
    for path in (project / "pkg/a.py", project / "pkg", project):
        path.chmod(path.stat().st_mode & 0o555)
    try:
        with Workspace(project) as workspace:
            copy = workspace.copy()
            with copy.patched([Edit("pkg/a.py", LineSpan(1, 2), ("x = 2",))]):
                assert (copy.root / "pkg/a.py").read_text() == "x = 2\n"
    finally:
        (project / "pkg").chmod(0o755)
        project.chmod(0o755)


def test_copies_agree_though_the_user_goes_on_editing(shop):
    with Workspace(shop) as workspace:
        first = workspace.copy()
        (shop / "shop/cart.py").write_text("rewritten")
        assert workspace.copy().source("shop/cart.py") == first.source("shop/cart.py")


# --------------------------------------------------------------------------- patching


def test_a_patch_is_taken_back_to_the_byte(tmp_path):
    data = "\ufeffdef f():\r\n\treturn 1\r\n# é".encode()
    write_project(tmp_path, {"a.py": ""}).joinpath("a.py").write_bytes(data)
    with Workspace(tmp_path) as workspace:
        copy = workspace.copy()
        before = (copy.root / "a.py").stat()
        with copy.patched([Edit("a.py", LineSpan(2, 3), ("\treturn 2",))]):
            assert (copy.root / "a.py").read_bytes() == data.replace(b"return 1", b"return 2")
        after = (copy.root / "a.py").stat()
        assert (copy.root / "a.py").read_bytes() == data
        assert (before.st_mtime_ns, before.st_mode) == (after.st_mtime_ns, after.st_mode)


@pytest.mark.parametrize(
    "edit",
    [
        Edit("shop/cart.py", LineSpan(90, 91), ("x",)),
        Edit("shop/missing.py", LineSpan(1, 2), ("x",)),
        Edit("../outside.py", LineSpan(1, 2), ("x",)),
    ],
)
def test_an_edit_that_does_not_fit_changes_nothing(shop, edit):
    with Workspace(shop) as workspace:
        copy = workspace.copy()
        before = contents(copy.root)
        with pytest.raises(PatchError), copy.patched([FIX, edit]):
            pass
        assert contents(copy.root) == before


def test_replaced_files_survive_a_sweep_and_unknown_ones_are_refused(shop):
    with Workspace(shop) as workspace:
        copy = workspace.copy()
        before = contents(copy.root)
        for name in ("shop/none.py", "../cart.py", "shop"):
            with pytest.raises(PatchError, match="not a regular file"):
                copy.replace({"shop/cart.py": b"new", name: b""})
        assert contents(copy.root) == before
        copy.replace({"shop/cart.py": b"new"})
        (copy.root / "shop/cart.py").write_bytes(b"by a test")
        copy.sweep()
        assert (copy.root / "shop/cart.py").read_bytes() == b"new"
        assert copy.is_patched


def test_sweep_undoes_what_tests_did_to_the_files(shop):
    (shop / "link").symlink_to("shop")
    with Workspace(shop) as workspace:
        copy = workspace.copy()
        before = files_of(copy.root), workspace.read("shop/cart.py")
        (copy.root / "new.txt").write_text("x")
        (copy.root / "shop/cart.py").write_text("broken")
        (copy.root / "tests/test_cart.py").unlink()
        (copy.root / "link").unlink()
        (copy.root / "folder/deep").mkdir(parents=True)
        shutil.rmtree(copy.root / "shop")
        (copy.root / "shop").write_text("a file in a folder's place")
        (copy.temporary / "left").mkdir()
        copy.sweep()
        assert (files_of(copy.root), (copy.root / "shop/cart.py").read_bytes()) == before
        assert (copy.root / "link").is_symlink()
        assert list(copy.temporary.iterdir()) == []


# --------------------------------------------------------------------------- what is left


def test_the_temporary_folder_goes_in_every_way_of_leaving(shop):
    for error in (None, ValueError, KeyboardInterrupt):
        workspace = Workspace(shop)
        try:
            with workspace:
                (workspace.copy().root / "locked").mkdir(mode=0)
                if error is not None:
                    raise error
        except (ValueError, KeyboardInterrupt):
            pass
        assert not workspace.folder.exists()


@pytest.mark.parametrize("ending", ["sys.exit(3)", "raise ValueError", "pass"])
def test_the_temporary_folder_goes_with_the_process(shop, ending):
    program = f"""
import sys
from pathlib import Path
from repairlsp.validate import Workspace
workspace = Workspace(Path({str(shop)!r})).__enter__()
print(workspace.folder)
{ending}
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert Path(done.stdout.strip()).name.startswith("repairlsp-")
    assert not Path(done.stdout.strip()).exists()


def test_what_a_killed_process_left_is_removed_by_the_next(shop):
    program = f"""
import time
from pathlib import Path
from repairlsp.validate import Workspace
with Workspace(Path({str(shop)!r})) as workspace:
    print(workspace.folder, flush=True)
    time.sleep(600)
"""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    folder = Path(process.stdout.readline().strip())
    with Workspace(shop):
        assert folder.exists(), "the workspace of a living process stays"
    process.kill()
    process.communicate()
    assert folder.exists()
    with Workspace(shop):
        assert not folder.exists()


def test_patched_files_have_times_of_their_own(shop):
    """Else Python would take the bytecode of one candidate for that of another."""
    with Workspace(shop) as workspace:
        copy = workspace.copy()
        times = {int((copy.root / FIX.path).stat().st_mtime)}
        for _ in range(3):
            with copy.patched([FIX]):
                times.add(int((copy.root / FIX.path).stat().st_mtime))
        assert len(times) == 4
        assert max(times) <= time.time()
