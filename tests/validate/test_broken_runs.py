"""Runs that say nothing of the tests that were meant: files that cannot be loaded, a pytest that
the project starts or ends by itself, a test that hangs."""

import threading

import pytest

from repairlsp.errors import CancelledError
from tests.validate.projects import (
    bench,
    case,
    outcomes,
    write_project,
)


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
