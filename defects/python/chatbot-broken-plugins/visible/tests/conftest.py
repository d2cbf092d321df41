import importlib
import sys

import pytest


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Installs modules, {path: source}, for the time of a test."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)

    def install(files):
        for path, source in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(source)
        importlib.invalidate_caches()

    yield install
    for name in set(sys.modules) - before:
        if (getattr(sys.modules[name], "__file__", None) or "").startswith(str(tmp_path)):
            del sys.modules[name]
