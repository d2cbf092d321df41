"""Asks a Python interpreter what repairlsp needs to know of it; run by that interpreter.

Prints one line of JSON. Arguments: the plugin files to compile for it. Python 3.9 or later, nothing
but the standard library.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import py_compile
import site
import sys


def version(name: str) -> str | None:
    if importlib.util.find_spec(name) is None:
        return None
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def mappings() -> dict[str, str]:
    """Where editable installs with a finder of their own say that packages are."""
    found = {}
    for finder in sys.meta_path:
        module = sys.modules.get(getattr(finder, "__module__", None) or "")
        for holder, name in ((module, "MAPPING"), (finder, "_redirections")):
            mapping = getattr(holder, name, None)
            if isinstance(mapping, dict):
                found.update({str(key): str(value) for key, value in mapping.items()})
    return found


for plugin in sys.argv[1:]:
    with contextlib.suppress(OSError):  # it saves time, and a full disk is told of elsewhere
        py_compile.compile(plugin)

print(
    json.dumps(
        {
            "executable": sys.executable,
            "version": list(sys.version_info[:2]),
            "prefixes": [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix],
            "path": [entry for entry in sys.path[1:] if entry],
            "user_base": site.getuserbase() if site.ENABLE_USER_SITE else None,
            "pytest": version("pytest"),
            "editable": mappings(),
        }
    )
)
