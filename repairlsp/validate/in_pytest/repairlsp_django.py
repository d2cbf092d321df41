"""pytest plugin: what Django's own test runner does around the tests, for `manage.py test`.

Not needed, and idle, where pytest-django is installed. Python 3.9 or later.
"""

from __future__ import annotations

from typing import Any

import pytest

_runner: Any = None
_databases: Any = None


def pytest_configure(config: Any) -> None:
    """Before the tests are collected: their modules import models."""
    global _runner  # noqa: PLW0603 (a plugin module is one object for the whole session)
    if config.pluginmanager.hasplugin("django"):
        return
    try:
        import django
        from django.conf import settings
        from django.test.utils import get_runner
    except ImportError as error:
        raise pytest.UsageError(f"Django is not installed for the tests' Python: {error}") from None
    django.setup()
    _runner = get_runner(settings)(verbosity=0, interactive=False)


def pytest_sessionstart() -> None:
    global _databases  # noqa: PLW0603
    if _runner is not None:
        _runner.setup_test_environment()
        _databases = _runner.setup_databases()


def pytest_sessionfinish() -> None:
    if _databases is not None:
        _runner.teardown_databases(_databases)
        _runner.teardown_test_environment()
