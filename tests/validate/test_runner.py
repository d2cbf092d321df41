"""Runs of real projects by a real pytest, in a real sandbox."""

from repairlsp.types import CoveredLine, Edit, Frame, LineSpan
from repairlsp.validate import Workspace, resolve_command, run_tests
from tests.validate.projects import (
    COUNT,
    FIX,
    NOTHING,
    PYTEST,
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


def test_lines_of_a_span_are_not_needed_to_run(shop, sandbox):
    """An insertion, which replaces no line, is an edit like any other."""
    insertion = Edit("shop/cart.py", LineSpan(5, 5), ("        result += 2 * price",))
    with bench(shop, sandbox) as shop_bench, shop_bench.copy.patched([insertion]):
        assert shop_bench.run().run.status == "passed"
