"""`manage.py test`: Django's runner, whose tests are unittest's, in a database of their own.

pytest runs them with the plugin `repairlsp_django`, which does what Django's runner does around
them, or with pytest-django where the project has it.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from repairlsp.errors import UsageError
from repairlsp.runners.unittest import ONLY_TEST_CASES, place_of
from repairlsp.runners.words import is_python

_SETTINGS = re.compile(r"""["']DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)["']""")


def translate(words: Sequence[str], project: Path) -> tuple[str, ...] | None:
    """The pytest command for `python manage.py test` and what follows; None for any other command.

    Raises UsageError where the settings are not to be found.
    """
    words = list(words)
    python = words.pop(0) if words and is_python(words[0]) else "python"
    if words[:2] == ["-m", "django"]:
        del words[0]
    program = Path(words[0]).name if words else ""
    if program not in ("manage.py", "django-admin", "django") or words[1:2] != ["test"]:
        return None
    asked = _arguments(words[2:])
    settings = asked.settings or settings_module(project / words[0])
    if settings is None:
        raise UsageError(
            f"{program} does not say which settings Django is to use",
            "name them: --settings=SITE.settings",
        )
    return (
        f"DJANGO_SETTINGS_MODULE={settings}",
        *(python, "-m", "pytest", "-q", "-p", "repairlsp_django"),
        *("-o", f"python_files={asked.pattern}", *ONLY_TEST_CASES),
        *(place_of(label, project) for label in asked.labels),
    )


def settings_module(manage: Path) -> str | None:
    """The settings that a manage.py names, None where it names none."""
    try:
        match = _SETTINGS.search(manage.read_text("utf-8", "replace"))
    except OSError:
        return None
    return match[1] if match else None


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    """What decides on the tests; how they are reported and spread is not asked for."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("labels", nargs="*")
    parser.add_argument("--settings")
    parser.add_argument("-p", "--pattern", default="test*.py")
    for option in ("-v", "--verbosity", "--parallel", "--testrunner", "--tag", "--exclude-tag"):
        parser.add_argument(option, nargs="?" if option == "--parallel" else None)
    known, _ = parser.parse_known_args(list(words))
    return known
