"""What the model is asked about where no test decides (check 26): no test, no configuration, and
nothing that git ignores.

The model is the real one; that it was never started shows that it saw nothing.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from repairlsp.generate.candidates import Generator
from repairlsp.generate.prompt import load
from repairlsp.models import catalog, manifest
from repairlsp.models.client import ModelWorker
from repairlsp.patches import Policy
from repairlsp.sandbox import NEVER
from repairlsp.screen import Screen
from repairlsp.source import SourceText
from repairlsp.suggestions import suggest
from repairlsp.types import RepairRequest

CODE = """\
def total(items):
    result = 0
    for item in items:
        result = item
    return result
"""


@pytest.mark.parametrize(
    ("path", "is_shown"),
    [("a.py", True), ("private.py", False), ("test_a.py", False), ("setup.py", False)],
)
def test_what_no_patch_may_touch_is_not_shown(tmp_path: Path, path: str, is_shown: bool) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("private.py\n")
    (tmp_path / path).write_text(CODE)

    def read(name: str) -> SourceText:
        return SourceText.from_bytes((tmp_path / name).read_bytes())

    request = RepairRequest(tmp_path, lines=((path, 4),))
    screen = Screen(read, Policy(tmp_path))
    with ModelWorker(catalog.EMBEDDED, threads=1) as worker:
        format = load(manifest.read(catalog.EMBEDDED).prompt_family)
        found = suggest(request, Generator(worker, format, use_templates=False), screen, 1, NEVER)
        assert (worker.pid is not None) == is_shown
    assert is_shown or not found
