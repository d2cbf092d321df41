"""unittest's and Django's own runners, and pytest in their place: the same tests and outcomes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from repairlsp.diagnosis import diagnose
from repairlsp.types import RepairRequest, TestRun

UNITTEST = {
    "shop.py": "def total(prices):\n    return sum(prices) + 1\n",
    "checks/test_totals.py": """\
import unittest

from shop import total


class Totals(unittest.TestCase):
    def test_empty(self):
        self.assertEqual(total([]), 0)

    def test_kind(self):
        self.assertIsInstance(total([1]), int)

    @unittest.skip("later")
    def test_later(self):
        raise ValueError

    @unittest.expectedFailure
    def test_known(self):
        self.assertEqual(total([1]), 3)


class TestHelper:
    def test_is_none(self):
        raise ValueError


def test_is_no_test_of_unittest():
    raise ValueError
""",
    "checks/testmore.py": """\
import unittest


class More(unittest.TestCase):
    def test_more(self):
        pass
""",
}
DJANGO = {
    "manage.py": """\
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.settings")
from django.core.management import execute_from_command_line

execute_from_command_line(sys.argv)
""",
    "site_/__init__.py": "",
    "site_/settings.py": """\
SECRET_KEY = "x"
INSTALLED_APPS = ["shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "shop.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
""",
    "shop/__init__.py": "",
    "shop/models.py": """\
from django.db import models


class Item(models.Model):
    price = models.IntegerField()

    def reduced(self):
        return self.price - 20
""",
    "shop/tests.py": """\
from django.test import TestCase

from shop.models import Item


class Prices(TestCase):
    def setUp(self):
        Item.objects.create(price=30)

    def test_reduced(self):
        self.assertEqual(Item.objects.get().reduced(), 20)

    def test_alone(self):
        self.assertEqual(Item.objects.count(), 1)
""",
}


def laid_out(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def ours(project: Path, *command: str) -> TestRun:
    return diagnose(RepairRequest(project, command), observe=lambda progress: None).run


def theirs(project: Path, *command: str) -> str:
    """What the runner itself says at its end."""
    done = subprocess.run(
        [sys.executable, *command], cwd=project, capture_output=True, text=True, check=False
    )
    ran = re.search(r"^Ran (\d+) test.*?^(OK|FAILED)(?: \((.*)\))?$", done.stderr, re.M | re.S)
    assert ran, done.stderr
    return f"{ran[1]} {ran[3]}"


def test_unittest(tmp_path: Path) -> None:
    project = laid_out(tmp_path, UNITTEST)
    command = ("-m", "unittest", "discover", "-s", "checks")
    assert theirs(project, *command) == "5 failures=1, skipped=1, expected failures=1"
    run = ours(project, "python", *command)
    assert {case.id: case.outcome for case in run.cases} == {
        "checks/test_totals.py::Totals::test_empty": "failed",
        "checks/test_totals.py::Totals::test_kind": "passed",
        "checks/test_totals.py::Totals::test_later": "skipped",
        "checks/test_totals.py::Totals::test_known": "xfailed",
        "checks/testmore.py::More::test_more": "passed",
    }
    assert run.status == "failed"


def test_django(tmp_path: Path) -> None:
    project = laid_out(tmp_path, DJANGO)
    assert theirs(project, "manage.py", "test", "--pattern", "tests.py") == "2 failures=1"
    run = ours(project, "python", "manage.py", "test", "--pattern", "tests.py")
    assert {case.id: case.outcome for case in run.cases} == {
        "shop/tests.py::Prices::test_reduced": "failed",
        "shop/tests.py::Prices::test_alone": "passed",
    }
    assert not (project / "shop.sqlite3").exists()
