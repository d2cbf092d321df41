"""The user's test command: the ways to call pytest, and what cannot be run at all."""

import subprocess
import sys

import pytest

from repairlsp.errors import BrokenEnvironmentError, UsageError
from repairlsp.validate import Workspace, resolve_command
from tests.validate.projects import (
    COUNT,
    FIX,
    NOTHING,
    PYTEST,
    SHOP,
    TOTAL,
    bench,
    outcomes,
    write_project,
)


@pytest.mark.parametrize(
    "command",
    [
        ("python", "-m", "pytest", "tests/test_cart.py"),
        ("env", "PYTHONPATH=lib", "uv", "run", "--", "pytest"),
        ("coverage", "run", "-m", "pytest", "-q"),
        ("sh", "-c", "pytest -q tests; exit $?"),
    ],
)
def test_ways_to_call_pytest(shop, sandbox, command):
    with bench(shop, sandbox, PYTEST[0], *command) as shop_bench:
        assert outcomes(shop_bench.run()) == {TOTAL: "failed", NOTHING: "passed", COUNT: "passed"}


def test_absolute_paths_of_the_project_become_those_of_the_copy(shop, sandbox):
    command = (*PYTEST, str(shop / "tests/test_cart.py"))
    with bench(shop, sandbox, *command) as shop_bench, shop_bench.copy.patched([FIX]):
        assert outcomes(shop_bench.run())[TOTAL] == "passed"


def test_a_command_that_never_runs_pytest_is_broken(shop, sandbox):
    with bench(shop, sandbox, "echo", "1 passed") as shop_bench:
        run = shop_bench.run().run
    assert run.status == "broken"
    assert run.message == "the test command did not run pytest: 1 passed"


def test_an_option_that_pytest_does_not_know_is_broken(shop, sandbox):
    with bench(shop, sandbox, *PYTEST, "--no-such-option") as shop_bench:
        run = shop_bench.run().run
    assert run.status == "broken"
    assert "--no-such-option" in run.message


@pytest.mark.parametrize(("command", "said"), [((), "empty"), (("no-such",), "was not found")])
def test_commands_that_cannot_be(shop, sandbox, command, said):
    with Workspace(shop) as workspace, pytest.raises(UsageError, match=said):
        resolve_command(workspace, command, sandbox)


def test_an_interpreter_without_pytest_is_named(tmp_path, sandbox):
    project = write_project(tmp_path / "p", SHOP)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", project / ".venv"], check=True)
    with Workspace(project) as workspace, pytest.raises(BrokenEnvironmentError) as error:
        resolve_command(workspace, ["pytest"], sandbox)
    assert str(project / ".venv/bin/python") in str(error.value)
    assert "-m pip install pytest" in error.value.hint


def test_an_interpreter_that_does_not_run_is_named(tmp_path, sandbox):
    project = write_project(tmp_path / "p", {**SHOP, ".venv/bin/python": "#!/bin/sh\nexit 9\n"})
    (project / ".venv/bin/python").chmod(0o755)
    with Workspace(project) as workspace, pytest.raises(BrokenEnvironmentError, match="not work"):
        resolve_command(workspace, ["pytest"], sandbox)
