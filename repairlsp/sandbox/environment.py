"""The environment of a confined command: an allow-list, so that no secret leaks in."""

from __future__ import annotations

import os
from collections.abc import Mapping

_ALLOWED = frozenset(
    {
        "PATH",
        "LANG",
        "LANGUAGE",
        "TZ",
        "USER",
        "LOGNAME",
        "SHELL",
        "LD_LIBRARY_PATH",
        "DYLD_LIBRARY_PATH",
        "VIRTUAL_ENV",
        "CONDA_PREFIX",
        "PYTHONPATH",
        "PYTHONUTF8",
        "PYTHONIOENCODING",
        "PYTHONWARNINGS",
        "PYTEST_ADDOPTS",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD",
        "PYTEST_PLUGINS",
        "DJANGO_SETTINGS_MODULE",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
    }
)


def allowed_environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The part of `environ` that a confined command may see."""
    return {
        name: value for name, value in environ.items() if name in _ALLOWED or name.startswith("LC_")
    }
