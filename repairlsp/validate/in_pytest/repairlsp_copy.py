"""pytest plugin: the project's modules come from the copy under test, and from nowhere else.

An editable install points at the user's own tree; its paths are redirected to the copy, and at the
end the report names every module that came from the user's tree all the same. Bytecode is cached
inside the copy only: the user's environment stays as it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from importlib.machinery import SourceFileLoader
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from _pytest.assertion import rewrite
from repairlsp_report import SPEC, write  # type: ignore[import-not-found]


def _in_original(path: str) -> bool:
    """Whether a path lies in the user's tree, but not in an environment inside that tree."""
    original = str(SPEC["original"])
    path = os.path.abspath(path)  # noqa: PTH100 (a link must not lead out)
    if path != original and not path.startswith(original + os.sep):
        return False
    environments = {sys.prefix, sys.base_prefix, sys.exec_prefix}
    return "site-packages" not in path and not any(
        path.startswith(prefix + os.sep) for prefix in environments
    )


def _redirected(value: Any) -> Any:
    """A path, or the paths in a list, with the copy in place of the user's tree."""
    if isinstance(value, list):
        return [_redirected(item) for item in value]
    if not isinstance(value, str) or not _in_original(value):
        return value
    place = os.path.abspath(value)  # noqa: PTH100
    return str(SPEC["root"]) + place[len(SPEC["original"]) :]


def _redirect_imports() -> None:
    sys.path[:] = list(dict.fromkeys(_redirected(entry) if entry else entry for entry in sys.path))
    for finder in sys.meta_path:
        # setuptools keeps MAPPING and NAMESPACES in the finder's module; the `editables` package,
        # used by hatchling and others, keeps _redirections in its class.
        module = sys.modules.get(getattr(finder, "__module__", None) or "")
        for holder, name in (
            (module, "MAPPING"),
            (module, "NAMESPACES"),
            (finder, "_redirections"),
        ):
            mapping = getattr(holder, name, None)
            if isinstance(mapping, dict):
                mapping.update({key: _redirected(value) for key, value in mapping.items()})
    sys.path_importer_cache.clear()


def _cache_bytecode() -> None:
    """Cache bytecode beside the copy's own files, and for all others in a folder of repairlsp's.

    Plugins in site-packages have their asserts rewritten by pytest, which takes seconds for large
    ones when the result cannot be kept; and the user's environment must stay as it is.
    """
    inside, cache = SPEC["root"] + os.sep, SPEC["bytecode"]
    get_data, set_data = SourceFileLoader.get_data, SourceFileLoader.set_data
    get_cache_dir, try_makedirs = rewrite.get_cache_dir, rewrite.try_makedirs

    def get_data_or_cached(self: Any, path: str) -> bytes:
        try:
            return get_data(self, path)
        except FileNotFoundError:
            if not str(path).endswith(".pyc"):
                raise
            return get_data(self, cache + str(path))

    def set_data_in_copy_or_cache(self: Any, path: str, data: bytes, **options: Any) -> None:
        if str(path).startswith(inside):
            set_data(self, path, data, **options)
        elif SPEC["bytecode_writable"]:
            set_data(self, cache + str(path), data, **options)

    def cache_dir_there_or_here(file_path: Path) -> Path:
        folder = get_cache_dir(file_path)
        there = folder / (file_path.name[:-3] + rewrite.PYC_TAIL)
        if str(there).startswith(inside) or there.exists():
            return folder
        return Path(cache + str(folder))

    def makedirs_in_copy_or_cache(cache_dir: Path) -> bool:
        ours = str(cache_dir).startswith(cache)
        allowed = SPEC["bytecode_writable"] if ours else str(cache_dir).startswith(inside)
        return bool(allowed and try_makedirs(cache_dir))

    loader: Any = SourceFileLoader
    loader.get_data = get_data_or_cached
    loader.set_data = set_data_in_copy_or_cache
    rewrite.get_cache_dir = cache_dir_there_or_here
    rewrite.try_makedirs = makedirs_in_copy_or_cache
    sys.dont_write_bytecode = False


if SPEC is not None:
    _redirect_imports()
    _cache_bytecode()


_foreign: dict[str, str] = {}
_last_seen = ""


def note_foreign_modules() -> None:
    """Find the modules that came from the user's tree among those loaded since the last call.

    A forked child looks at few: to touch an object is to copy the memory that it is in.
    """
    global _last_seen  # noqa: PLW0603 (a plugin module is one object for the whole session)
    try:
        new = list(takewhile(_is_new, reversed(sys.modules)))
    except RuntimeError:  # a thread imports something
        new = list(takewhile(_is_new, reversed([*sys.modules])))
    for name in reversed(new):
        file = getattr(sys.modules.get(name), "__file__", None)
        if isinstance(file, str) and _in_original(file):
            _foreign[name] = file
    _last_seen = new[0] if new else _last_seen


def _is_new(name: str) -> bool:
    return name != _last_seen


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_sessionfinish() -> Generator[None, Any, None]:
    if SPEC is not None:
        note_foreign_modules()
        if _foreign:
            write(foreign=_foreign)
    yield
