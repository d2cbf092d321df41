"""Forked children and fresh processes: one verdict, whatever the tests do."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from repairlsp.sandbox import choose
from repairlsp.types import Edit, LineSpan
from repairlsp.validate import TestRunReport, run_tests, time_limits
from repairlsp.validate.fork_server import ForkServer, Mode
from repairlsp.validate.limits import child_limits
from repairlsp.validate.verify import changed_files
from tests.validate.projects import GIB, Bench, bench, outcomes, write_project

LIB = '''\
"""What all tests are about.

>>> answer()
42
"""

import asyncio
import threading

started = []


def answer():
    return 42


def answer_by_thread():
    found = []
    thread = threading.Thread(target=lambda: found.append(answer()))
    thread.start()
    thread.join()
    return found[0]


async def answer_later():
    await asyncio.sleep(0)
    return answer()


class Oracle:
    @property
    def word(self):
        return answer()
'''

SUITE = {
    "lib.py": LIB,
    "conftest.py": """\
        import pytest
        import lib

        @pytest.fixture(scope="session")
        def whole_session():
            lib.started.append("session")
            return lib.answer()
        """,
    "test_plain.py": """\
        import logging, os, random, subprocess, sys, threading, warnings
        from pathlib import Path
        import pytest
        import lib

        random.seed(7)

        def test_function(): assert lib.answer() == 42
        def test_property(): assert lib.Oracle().word == 42
        def test_thread(): assert lib.answer_by_thread() == 42
        def test_thread_that_goes_on():
            threading.Thread(target=threading.Event().wait, daemon=True).start()
            assert lib.answer() == 42

        def test_subprocess():
            code = "import lib; print(lib.answer())"
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
            assert done.stdout == "42\\n", done.stderr

        def test_process_that_stays():
            subprocess.Popen(["sleep", "60"], start_new_session=True)
            assert lib.answer() == 42

        def test_multiprocessing():
            import multiprocessing
            with multiprocessing.get_context("fork").Pool(2) as pool:
                assert pool.apply(lib.answer) == 42

        def test_import_again():
            import importlib
            assert importlib.reload(lib).answer() == 42

        def test_tmp_path(tmp_path):
            (tmp_path / "a.txt").write_text(str(lib.answer()))
            assert Path(tmp_path, "a.txt").read_text() == "42"

        def test_relative_file():
            Path("out.txt").write_text(str(lib.answer()))
            assert Path("out.txt").read_text() == "42"

        def test_monkeypatch(monkeypatch):
            monkeypatch.setattr(lib, "answer", lambda: 42)
            assert lib.Oracle().word == 42

        def test_capsys(capsys):
            print(lib.answer())
            assert capsys.readouterr().out == "42\\n"

        def test_capfd(capfd):
            os.write(1, str(lib.answer()).encode())
            assert capfd.readouterr().out == "42"

        def test_caplog(caplog):
            logging.getLogger("x").warning("%s", lib.answer())
            assert caplog.messages == ["42"]

        def test_warning():
            with pytest.warns(UserWarning, match="42"):
                warnings.warn(str(lib.answer()))

        @pytest.mark.parametrize("plus", [0, 1, 2])
        def test_parameters(plus): assert lib.answer() + plus == 42 + plus

        def test_skipped(): pytest.skip("because")
        @pytest.mark.xfail(strict=True)
        def test_xfail(): assert lib.answer() != 42

        def test_random(): assert random.random() == 0.32383276483316237

        def test_hash(): assert hash("x") == HASH

        HASH = hash("x")
        """,
    "test_server.py": """\
        import http.server, threading, urllib.request
        import pytest
        import lib

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(str(lib.answer()).encode())
            def log_message(self, *arguments): pass

        @pytest.fixture(scope="module")
        def server():
            with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
                threading.Thread(target=server.serve_forever, daemon=True).start()
                yield f"http://127.0.0.1:{server.server_port}/"
                server.shutdown()

        def test_server(server):
            assert urllib.request.urlopen(server, timeout=20).read() == b"42"

        def test_server_again(server):
            assert urllib.request.urlopen(server, timeout=20).read() == b"42"
        """,
    "test_fixtures.py": """\
        import unittest
        import pytest
        import lib

        @pytest.fixture(scope="class")
        def of_class(): return [lib.answer()]

        @pytest.fixture(autouse=True)
        def checked():
            yield
            assert lib.started.count("session") <= 1

        class TestClass:
            def test_first(self, of_class):
                of_class.append(1)
                assert of_class == [42, 1]
            def test_second(self, of_class): assert of_class == [42, 1]

        def test_session(whole_session): assert whole_session == 42
        def test_session_again(whole_session): assert lib.started == ["session"]

        class OldStyle(unittest.TestCase):
            @classmethod
            def setUpClass(cls): cls.value = lib.answer()
            def setUp(self): self.mine = lib.answer()
            def test_equal(self): self.assertEqual(self.value, self.mine)
            def test_value(self): self.assertEqual(self.value, 42)
            @unittest.skip("no")
            def test_no(self): pass

        class OldAsync(unittest.IsolatedAsyncioTestCase):
            async def test_later(self): self.assertEqual(await lib.answer_later(), 42)
        """,
    "test_async.py": """\
        import asyncio
        import pytest
        import lib

        @pytest.mark.asyncio
        async def test_later(): assert await lib.answer_later() == 42

        @pytest.mark.asyncio
        async def test_task():
            assert await asyncio.create_task(lib.answer_later()) == 42

        def test_run(): assert asyncio.run(lib.answer_later()) == 42
        """,
}
EDIT = Edit("lib.py", LineSpan(14, 15), ("    return 41",))
COMMAND = (
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1",
    "pytest",
    "-q",
    "-p",
    "pytest_asyncio.plugin",
    "--doctest-modules",
)
XDIST = ("-p", "xdist.plugin", "-n", "2") if importlib.util.find_spec("xdist") else ()


class Runs(NamedTuple):
    """The suite as it is and with the edit, by a fresh process and by children."""

    fresh: tuple[TestRunReport, TestRunReport]
    warm: tuple[TestRunReport, TestRunReport]
    cold: tuple[TestRunReport, TestRunReport]


def server_of(made: Bench, mode: Mode, fresh: TestRunReport) -> ForkServer:
    server = ForkServer(
        made.copy, made.command, made.sandbox, mode, fresh.at_import, 2 * GIB, seconds=300
    )
    server.start()
    refusal = server.wait_until_ready(60)
    assert refusal is None, refusal
    return server


def both(made: Bench, baseline: TestRunReport, server: ForkServer | None):
    """The whole suite, as it is and with the edit."""
    found = []
    for edits in ([], [EDIT]):
        changes = changed_files(made.copy.preview(edits))
        with made.copy.patched(edits):
            if server is None:
                limits = time_limits(baseline.run)
                report = run_tests(made.copy, made.command, made.sandbox, seconds=limits.run,
                                   case_seconds=limits.case, memory_bytes=2 * GIB)  # fmt: skip
            else:
                limits = child_limits(baseline.run, None, cold=server.mode == "cold")
                report = server.run(changes, None, tolerate=None, limits=limits)
        assert isinstance(report, TestRunReport), report
        found.append(report)
    return tuple(found)


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> Iterator[Runs]:
    project = write_project(tmp_path_factory.mktemp("kinds") / "kinds", SUITE)
    with bench(project, choose("limits"), *COMMAND, *XDIST) as made:
        baseline = made.run(coverage=True, case_seconds=20)
        fresh = both(made, baseline, None)
        with server_of(made, "warm", baseline) as server:
            warm = both(made, baseline, server)
        with server_of(made, "cold", baseline) as server:
            cold = both(made, baseline, server)
        yield Runs(fresh, warm, cold)


def test_the_suite_tells_the_edit(runs):
    """The comparisons below are of something."""
    before, after = (outcomes(report) for report in runs.fresh)
    assert len(before) > 35
    assert {"passed", "skipped", "xfailed"} == set(before.values())
    changed = {test for test in before if before[test] != after[test]}
    assert len(changed) > 25
    assert runs.fresh[0].run.status == "passed"


KINDS = [
    "lib.py::lib",
    "test_async.py",
    "test_fixtures.py::TestClass",
    "test_fixtures.py::OldStyle",
    "test_fixtures.py::OldAsync",
    "test_fixtures.py::test_session",
    "test_plain.py::test_c",
    "test_plain.py::test_function",
    "test_plain.py::test_hash",
    "test_plain.py::test_import_again",
    "test_plain.py::test_m",
    "test_plain.py::test_p",
    "test_plain.py::test_r",
    "test_plain.py::test_s",
    "test_plain.py::test_t",
    "test_plain.py::test_w",
    "test_plain.py::test_x",
    "test_server.py",
]


@pytest.mark.parametrize("way", ["warm", "cold"])
@pytest.mark.parametrize("kind", KINDS)
def test_children_end_as_fresh_processes_do(runs, kind, way):
    for fresh, forked in zip(runs.fresh, getattr(runs, way), strict=True):
        here = {case.id: case for case in fresh.run.cases if case.id.startswith(kind)}
        there = {case.id: case for case in forked.run.cases if case.id.startswith(kind)}
        assert here, kind
        assert list(here) == list(there)
        for test, case in here.items():
            assert (case.outcome, case.message) == (there[test].outcome, there[test].message)
            assert case.frames == there[test].frames


@pytest.mark.parametrize("way", ["warm", "cold"])
def test_so_does_the_whole(runs, way):
    for fresh, forked in zip(runs.fresh, getattr(runs, way), strict=True):
        assert (fresh.run.status, fresh.run.exit_code) == (forked.run.status, forked.run.exit_code)
        assert outcomes(fresh) == outcomes(forked)
        assert list(outcomes(fresh)) == list(outcomes(forked))
