"""A disk that is full, or read-only, where a patch is to be written: every file is what it was, the
message says what to do, and nothing lies about.

The disk is a real one, of a few pages of memory, mounted in a namespace of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

NO_MOUNTS = (
    subprocess.run(["unshare", "-Urm", "true"], capture_output=True, check=False).returncode != 0
)
pytestmark = pytest.mark.skipif(NO_MOUNTS, reason="this machine allows no mount namespace")

MOUNT = 'mount -t tmpfs -o size=64k tmpfs "$1" && shift && exec "$@"'

# In the namespace: a project of two files on the small disk, a disaster, and an attempt to patch.
PROGRAM = """
import json, os, subprocess, sys
from contextlib import suppress
from pathlib import Path
from repairlsp.errors import PatchError
from repairlsp.patches import apply, recover
from repairlsp.types import Edit, LineSpan

place, disaster, state = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
project = place / "project"
project.mkdir()
old = b"x = 1\\n" + b"# a comment, so that the file takes more than a page\\n" * 100
paths = ["a.py", "b.py"]
for path in paths:
    (project / path).write_bytes(old)
if disaster == "state":
    os.environ["XDG_STATE_HOME"] = str(place / "state")
    (place / "state").mkdir()
if disaster in ("full", "state"):
    with (place / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(bytes(4096)):
            pass
else:
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
edits = [Edit(path, LineSpan(1, 2), ("x = 2",)) for path in paths]
try:
    apply(project, edits, dict.fromkeys(paths, old))
    told = None
except PatchError as error:
    told = [str(error), error.hint]
kept = all((project / path).read_bytes() == old for path in paths)
found = sorted(entry.name for entry in project.iterdir())
journals = Path(os.environ["XDG_STATE_HOME"]) / "repairlsp/applying"
left = [entry.name for entry in journals.iterdir()]
if disaster != "read-only":
    (place / "filler").unlink()
    again = list(apply(project, edits, dict.fromkeys(paths, old)))
else:
    again = None
print(json.dumps({"told": told, "kept": kept, "found": found, "left": left, "again": again}))
"""


def patched(folder: Path, disaster: str) -> dict[str, Any]:
    place, state = folder / "disk", folder / "state"
    place.mkdir()
    state.mkdir()
    words = ["unshare", "-Urm", "/bin/sh", "-c", MOUNT, "sh", str(place)]
    done = subprocess.run(
        [*words, sys.executable, "-c", PROGRAM, str(place), disaster, str(state)],
        env={**os.environ, "XDG_STATE_HOME": str(state)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("disaster", "told", "hint"),
    [
        ("full", "could not be written: No space left on device", "nothing was changed"),
        ("read-only", "the file system of a.py is read-only", "mount it"),
        (
            "state",
            "the journal of the patch could not be written: No space left",
            "check the space",
        ),
    ],
)
def test_a_patch_of_two_files(tmp_path: Path, disaster: str, told: str, hint: str) -> None:
    result = patched(tmp_path, disaster)
    message, what_to_do = result["told"]
    assert told in message
    assert hint in what_to_do
    assert result["kept"]
    assert result["found"] == ["a.py", "b.py"]
    assert result["left"] == ["lock"]
    assert result["again"] == (None if disaster == "read-only" else ["a.py", "b.py"])
