"""Runs of real projects by a real pytest, in a real sandbox."""

import subprocess
import sys
import threading

import pytest

from repairlsp.errors import BrokenEnvironmentError, CancelledError, UsageError
from repairlsp.types import CoveredLine, Edit, Frame, LineSpan
from repairlsp.validate import Workspace, resolve_command, run_tests
from tests.validate.projects import (
    COUNT,
    FIX,
    NOTHING,
    PYTEST,
    SHOP,
    TOTAL,
    bench,
    case,
    contents,
    outcomes,
    write_project,
)


def test_outcomes_messages_frames_and_coverage(shop, each_sandbox):
    with bench(shop, each_sandbox) as shop_bench:
        report = shop_bench.run(coverage=True)
    assert (report.run.status, report.run.exit_code) == ("failed", 1)
    assert outcomes(report) == {TOTAL: "failed", NOTHING: "passed", COUNT: "passed"}
    failed = case(report, TOTAL)
    assert failed.message == "AssertionError: assert -3 == 3"
    assert failed.frames == (Frame("tests/test_cart.py", 5, "test_total"),)
    covered = {test: {line.line for line in lines if line.path == "shop/cart.py"}
               for test, lines in report.coverage.items()}  # fmt: skip
    assert covered == {TOTAL: {2, 3, 4, 5}, NOTHING: {2, 3, 5}, COUNT: {9}}
    assert CoveredLine("shop/cart.py", 1) in report.at_import
    assert report.notes == ()


def test_the_project_is_not_touched(shop, each_sandbox):
    write_project(shop, {"tests/test_writes.py": """\
        from pathlib import Path

        def test_writes():
            Path("here.txt").write_text("x")
            Path("shop/cart.py").write_text("broken")
            (Path.home() / ".config").mkdir()
    """})  # fmt: skip
    before = contents(shop)
    with bench(shop, each_sandbox) as shop_bench:
        first, second = shop_bench.run(), shop_bench.run()
        assert outcomes(first) == outcomes(second)
        assert shop_bench.copy.source("shop/cart.py") == shop_bench.workspace.source("shop/cart.py")
    assert contents(shop) == before


OUTCOMES = """\
    import unittest
    import pytest

    @pytest.fixture
    def broken():
        raise ValueError("in the fixture")

    @pytest.fixture
    def late():
        yield
        raise ValueError("afterwards")

    def test_passed(): pass
    def test_failed(): raise KeyError("first\\nsecond")
    def test_setup(broken): pass
    def test_teardown(late): pass
    def test_skipped(): pytest.skip("why")
    @pytest.mark.xfail
    def test_xfailed(): assert False
    @pytest.mark.xfail
    def test_xpassed(): pass
    @pytest.mark.xfail(strict=True)
    def test_strict(): pass
    @pytest.mark.parametrize("text", ["a::b", "c[d]", "e/f"])
    def test_parameters(text): assert text != "c[d]"

    class Old(unittest.TestCase):
        def test_sub(self):
            for number in range(3):
                with self.subTest(number=number):
                    self.assertNotEqual(number, 1)
        def test_equal(self): self.assertEqual(1, 1)
    """


def test_every_kind_of_outcome(tmp_path, sandbox):
    project = write_project(tmp_path / "p", {"test_all.py": OUTCOMES})
    with bench(project, sandbox) as all_bench:
        report = all_bench.run()
    assert outcomes(report) == {
        "test_all.py::test_passed": "passed",
        "test_all.py::test_failed": "failed",
        "test_all.py::test_setup": "error",
        "test_all.py::test_teardown": "error",
        "test_all.py::test_skipped": "skipped",
        "test_all.py::test_xfailed": "xfailed",
        "test_all.py::test_xpassed": "xpassed",
        "test_all.py::test_strict": "failed",
        "test_all.py::test_parameters[a::b]": "passed",
        "test_all.py::test_parameters[c[d]]": "failed",
        "test_all.py::test_parameters[e/f]": "passed",
        "test_all.py::Old::test_sub": "failed",
        "test_all.py::Old::test_equal": "passed",
    }
    assert case(report, "test_all.py::test_setup").message == "ValueError: in the fixture"
    assert case(report, "test_all.py::test_failed").message == r"KeyError: 'first\nsecond'"


def test_a_chained_exception_shows_where_it_came_from(tmp_path, sandbox):
    project = write_project(
        tmp_path / "p",
        {
            "mod.py": """\
                def inner():
                    return {}["key"]

                def outer():
                    try:
                        return inner()
                    except KeyError as error:
                        raise ValueError("bad") from error
                """,
            "test_mod.py": "from mod import outer\ndef test_it(): outer()\n",
        },
    )
    with bench(project, sandbox) as mod_bench:
        frames = case(mod_bench.run(), "test_mod.py::test_it").frames
    assert [(frame.path, frame.line) for frame in frames] == [
        ("test_mod.py", 2),
        ("mod.py", 8),
        ("mod.py", 6),
        ("mod.py", 2),
    ]


# --------------------------------------------------------------------------- selecting tests


@pytest.mark.parametrize("command", [PYTEST, (*PYTEST, "tests/test_cart.py"), (*PYTEST, "tests")])
def test_only_the_tests_asked_for(shop, sandbox, command):
    with bench(shop, sandbox, *command) as shop_bench:
        assert outcomes(shop_bench.run(tests=[COUNT])) == {COUNT: "passed"}
        assert outcomes(shop_bench.run(tests=[TOTAL, NOTHING])) == {
            TOTAL: "failed",
            NOTHING: "passed",
        }


def test_only_the_files_of_those_tests_are_collected(shop, sandbox):
    write_project(shop, {"tests/test_slow.py": "import time\ntime.sleep(600)\n"})
    with bench(shop, sandbox) as shop_bench:
        assert outcomes(shop_bench.run(tests=[COUNT], seconds=60)) == {COUNT: "passed"}


def test_parameters_with_colons_and_brackets_can_be_asked_for(tmp_path, sandbox):
    project = write_project(tmp_path / "p", {"test_all.py": OUTCOMES})
    ids = ["test_all.py::test_parameters[a::b]", "test_all.py::test_parameters[c[d]]"]
    with bench(project, sandbox) as all_bench:
        assert set(outcomes(all_bench.run(tests=ids))) == set(ids)


def test_it_stops_at_the_first_failure_that_is_not_tolerated(shop, sandbox):
    with bench(shop, sandbox) as shop_bench:
        stopped = shop_bench.run(tolerate=[])
        assert outcomes(stopped) == {TOTAL: "failed"}
        assert stopped.stopped_early
        whole = shop_bench.run(tolerate=[TOTAL])
        assert len(whole.run.cases) == 3
        assert not whole.stopped_early


def test_options_that_hide_tests_are_put_aside(shop, sandbox):
    write_project(shop, {"pytest.ini": "[pytest]\naddopts = -x --maxfail=1\n"})
    with bench(shop, sandbox, *PYTEST, "-x") as shop_bench:
        assert len(shop_bench.run().run.cases) == 3


# --------------------------------------------------------------------------- what cannot be run


def test_a_syntax_error_in_the_project_is_a_failure_in_that_file(shop, sandbox):
    write_project(shop, {"shop/cart.py": "def total(:\n", "tests/test_other.py": "def test(): 0\n"})
    with bench(shop, sandbox) as shop_bench:
        report = shop_bench.run()
    assert report.run.status == "failed"
    assert outcomes(report) == {
        "tests/test_cart.py": "error",
        "tests/test_other.py::test": "passed",
    }
    error = case(report, "tests/test_cart.py")
    assert error.message.startswith("SyntaxError: ")
    assert (error.frames[-1].path, error.frames[-1].line) == ("shop/cart.py", 1)


def test_a_name_that_the_project_lacks_points_to_the_project(shop, sandbox):
    write_project(shop, {"shop/cart.py": "def totals(): pass\n"})
    with bench(shop, sandbox) as shop_bench:
        report = shop_bench.run()
    assert report.run.status == "failed"
    assert "could not be collected: ImportError: cannot import name" in report.run.message
    assert case(report, "tests/test_cart.py").frames[-1].path == "shop/cart.py"


def test_a_broken_conftest_is_a_failure_of_its_folder(shop, sandbox):
    write_project(shop, {"tests/conftest.py": "from shop.cart import missing\n"})
    with bench(shop, sandbox) as shop_bench:
        report = shop_bench.run()
    assert report.run.status == "failed"
    assert outcomes(report)["tests"] == "error"
    assert "cannot import name 'missing'" in report.run.message


def test_a_missing_dependency_of_the_tests_is_a_broken_environment(tmp_path, sandbox):
    project = write_project(tmp_path / "p", {"test_it.py": "import no_such_package\n"})
    with bench(project, sandbox) as it_bench:
        run = it_bench.run().run
    assert run.status == "broken"
    assert "No module named 'no_such_package' (test_it.py:1)" in run.message


@pytest.mark.parametrize(
    ("text", "status"),
    [("", "no-tests"), ("def test_it(): pass\n", "passed")],
)
def test_no_tests_and_passing_tests(tmp_path, sandbox, text, status):
    project = write_project(tmp_path / "p", {"test_it.py": text})
    with bench(project, sandbox) as it_bench:
        assert it_bench.run().run.status == status


@pytest.mark.parametrize(
    "ending",
    [
        "import os; os._exit(0)",
        "import pytest; pytest.exit('done', returncode=0)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    ],
)
def test_a_run_that_ends_itself_proves_nothing(tmp_path, sandbox, ending):
    text = f"def test_one(): print('1 passed')\ndef test_two(): {ending}\ndef test_three(): pass\n"
    project = write_project(tmp_path / "p", {"test_it.py": text})
    with bench(project, sandbox) as it_bench:
        run = it_bench.run().run
    assert run.status == "broken"
    assert run.message


def test_a_test_that_hangs_fails_where_it_hangs(tmp_path, sandbox):
    text = "def test_hangs():\n    while True:\n        pass\n\ndef test_next(): pass\n"
    project = write_project(tmp_path / "p", {"test_it.py": text})
    with bench(project, sandbox) as it_bench:
        report = it_bench.run(case_seconds=0.5)
        hung = case(report, "test_it.py::test_hangs")
        assert hung.message.startswith("TestTimeLimitExceeded: the test ran longer than 0.5 s")
        assert hung.frames[-1].line in (2, 3)
        assert outcomes(report)["test_it.py::test_next"] == "passed"

        whole = it_bench.run(seconds=4.0).run
        assert whole.status == "timeout"
        assert "test_it.py::test_hangs" in whole.message


def test_a_cancel_ends_the_run(tmp_path, sandbox):
    project = write_project(
        tmp_path / "p", {"test_it.py": "import time\ndef test_it(): time.sleep(600)\n"}
    )
    with bench(project, sandbox) as it_bench:
        cancel = threading.Event()
        threading.Timer(1.0, cancel.set).start()
        with pytest.raises(CancelledError):
            it_bench.run(cancel=cancel)


def test_a_pytest_that_the_tests_start_does_not_speak_for_them(tmp_path, sandbox):
    text = """\
        import os, subprocess, sys

        def test_outer(tmp_path):
            (tmp_path / "test_inner.py").write_text("def test_inner(): assert False")
            done = subprocess.run([sys.executable, "-m", "pytest", str(tmp_path)])
            assert done.returncode == 1
            if os.fork() == 0:
                raise ValueError("the child runs on in pytest")
            os.wait()
        """
    project = write_project(tmp_path / "p", {"test_it.py": text})
    with bench(project, sandbox) as it_bench:
        report = it_bench.run()
    assert outcomes(report) == {"test_it.py::test_outer": "passed"}
    assert report.run.status == "passed"


# --------------------------------------------------------------------------- patches and bytecode


def test_a_patch_of_the_same_size_is_run(shop, sandbox):
    """Bytecode of the unpatched module, equal in size and made in the same second, is not."""
    with bench(shop, sandbox) as shop_bench:
        broken = Edit(FIX.path, FIX.span, ("        result *= price",))
        expected = [((FIX,), "passed"), ((), "failed"), ((broken,), "failed"), ((FIX,), "passed")]
        for edits, outcome in expected:
            with shop_bench.copy.patched(edits):
                report = shop_bench.run(tests=[TOTAL])
            assert outcomes(report) == {TOTAL: outcome}


def test_the_copy_goes_by_the_overlay(shop, sandbox):
    text = "def total(prices): return sum(prices)\ndef count(prices): return 0\n"
    with Workspace(shop, {"shop/cart.py": text}) as workspace:
        command = resolve_command(workspace, PYTEST, sandbox)
        report = run_tests(workspace.copy(), command, sandbox, seconds=60, memory_bytes=2 << 30)
    assert outcomes(report) == {TOTAL: "passed", NOTHING: "passed", COUNT: "failed"}


# --------------------------------------------------------------------------- commands


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


def test_lines_of_a_span_are_not_needed_to_run(shop, sandbox):
    """An insertion, which replaces no line, is an edit like any other."""
    insertion = Edit("shop/cart.py", LineSpan(5, 5), ("        result += 2 * price",))
    with bench(shop, sandbox) as shop_bench, shop_bench.copy.patched([insertion]):
        assert shop_bench.run().run.status == "passed"
