"""The verdict on a candidate: what is accepted, and what only looks like a repair."""

import pytest

from repairlsp.types import Candidate, Edit, LineSpan, TestCase, TestRun
from repairlsp.validate import Slot, ValidationPlan, time_limits, validate
from repairlsp.validate.regression import problem
from tests.validate.projects import FIX, GIB, TOTAL, bench, contents, write_project


def verdict(project, sandbox, *candidates, targets=(TOTAL,), path=FIX.path):
    """The validations of edits of line 4, and that each left the copy as it was."""
    with bench(project, sandbox) as our_bench:
        report = our_bench.run(case_seconds=5)
        baseline = report.run
        limits = time_limits(baseline)
        plan = ValidationPlan(our_bench.command, sandbox, baseline, targets, limits, 2 * GIB,
                              witness=report.witness)  # fmt: skip
        before = {name: data[0] for name, data in contents(our_bench.copy.root).items() if data[0]}
        slot = Slot(our_bench.copy, plan, use_fork_server=False)
        found = []
        for edit in candidates:
            whole = edit if isinstance(edit, Edit) else Edit(path, LineSpan(4, 5), (edit,))
            found.append(validate(Candidate((whole,), "template:test"), slot, plan))
        after = contents(our_bench.copy.root)
        assert {name: after[name][0] for name in before if ".pyc" not in name} == {
            name: data for name, data in before.items() if ".pyc" not in name
        }
        return found


def test_a_repair_is_plausible(shop, each_sandbox):
    (found,) = verdict(shop, each_sandbox, FIX)
    assert found.verdict == "plausible"
    assert found.run is not None
    assert [case.outcome for case in found.run.cases] == ["passed"] * 3


def test_what_does_not_repair(shop, sandbox):
    said = {
        "        result += 2 * price": "still fails: AssertionError",
        "        import sys; sys.exit(0)": "still fails: SystemExit: 0",
        "        import os; os._exit(0)": "pytest did not finish",
        "        import pytest; pytest.skip()": "is now skipped",
        "        import pytest; pytest.xfail()": "is now xfailed",
        "        import pytest; pytest.exit('all passed', returncode=0)": "contradicts",
        "        print('3 passed')": "still fails",
        "        while True: pass": "TestTimeLimitExceeded",
    }
    for line, found in zip(said, verdict(shop, sandbox, *said), strict=True):
        assert found.verdict == "failing", line
        assert said[line] in found.reason


def test_a_module_that_ends_the_run_at_import(shop, sandbox):
    edits = [Edit(FIX.path, LineSpan(1, 1), (f"import os, sys; {end}",))
             for end in ("sys.exit(0)", "os._exit(0)")]  # fmt: skip
    for found in verdict(shop, sandbox, *edits):
        assert found.verdict == "failing"


def test_a_regression_elsewhere_is_found(shop, sandbox):
    both = Edit(
        FIX.path, LineSpan(4, 10), (*FIX.lines, "    return result", "", "def count(x):", "    0")
    )
    (found,) = verdict(shop, sandbox, both)
    assert found.verdict == "failing"
    assert "test_count passed before and fails now" in found.reason


def test_an_edit_that_does_not_fit_is_rejected(shop, sandbox):
    (found,) = verdict(shop, sandbox, Edit(FIX.path, LineSpan(99, 100), ("x",)))
    assert found.verdict == "rejected"


def test_other_failures_may_remain(shop, sandbox):
    write_project(shop, {"tests/test_other.py": "def test_other(): assert False\n"})
    (found,) = verdict(shop, sandbox, FIX)
    assert found.verdict == "plausible"
    assert found.run is not None
    assert [case.id for case in found.run.failing] == ["tests/test_other.py::test_other"]


def test_all_targets_have_to_pass(shop, sandbox):
    other = "tests/test_other.py::test_other"
    write_project(shop, {"tests/test_other.py": "def test_other(): assert False\n"})
    (found,) = verdict(shop, sandbox, FIX, targets=(TOTAL, other))
    assert found.verdict == "failing"
    assert other in found.reason


def test_the_targets_are_tried_first_where_the_whole_takes_long(shop, sandbox):
    write_project(shop, {"tests/test_a_slow.py": "import time\ndef test(): time.sleep(0.5)\n"})
    wrong, right = verdict(shop, sandbox, "        result = 0", FIX)
    assert wrong.run is not None
    assert [case.id for case in wrong.run.cases] == [TOTAL]
    assert right.run is not None
    assert len(right.run.cases) == 4


def test_a_file_that_could_not_be_imported_is_a_target(shop, sandbox):
    text = "def total(prices):\n    return sum(prices\n\ndef count(x):\n    return len(x)\n"
    write_project(shop, {"shop/cart.py": text, "tests/test_other.py": "def test(): pass\n"})
    right = Edit(FIX.path, LineSpan(2, 3), ("    return sum(prices)",))
    half = Edit(FIX.path, LineSpan(2, 3), ("    return 0",))
    found = verdict(shop, sandbox, right, half, targets=("tests/test_cart.py",))
    assert [each.verdict for each in found] == ["plausible", "failing"]


def test_a_repair_that_works_only_once_is_refused(shop, sandbox, tmp_path, monkeypatch):
    """It knows the first run by a file outside the copy, which plain limits forbid by Landlock."""
    monkeypatch.setattr("repairlsp.sandbox.limits.landlock_version", lambda: 0)
    memory = tmp_path / "first-run"
    line = (
        f"        import os, pathlib; memory = pathlib.Path({str(memory)!r}); "
        "me = str(os.getpid()); memory.exists() or memory.write_text(me); "
        "result = sum(prices) if memory.read_text() == me else 0; break"
    )
    (found,) = verdict(shop, sandbox, line)
    assert found.verdict == "failing"
    assert found.reason.startswith("a second run disagrees: ")


# --------------------------------------------------------------------------- comparing runs


def run(status="failed", **outcomes: str) -> TestRun:
    cases = tuple(TestCase(f"t.py::{name}", outcome) for name, outcome in outcomes.items())
    return TestRun(status, 1, cases, 0.0)


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ({"a": "passed", "b": "passed"}, None),
        ({"a": "passed", "b": "passed", "new": "passed"}, None),
        ({"a": "passed", "b": "passed", "new": "failed"}, "did not run before"),
        ({"a": "passed"}, "does not run any more"),
        ({"b": "passed"}, "did not run"),
        ({"a": "xfailed", "b": "passed"}, "is now xfailed"),
        ({"a": "skipped", "b": "passed"}, "is now skipped"),
        ({"a": "passed", "b": "skipped"}, "is now skipped"),
        ({"a": "passed", "b": "xfailed"}, "is now xfailed"),
        ({"a": "passed", "b": "error"}, "fails now"),
        ({"a": "failed", "b": "passed"}, "still fails"),
    ],
)
def test_what_counts_as_a_regression(after, said):
    found = problem(run(a="failed", b="passed"), run(**after), ["t.py::a"])
    assert found is None if said is None else said in (found or "")


@pytest.mark.parametrize(
    ("was", "now", "fine"),
    [
        ("skipped", "skipped", True),
        ("skipped", "passed", True),
        ("xfailed", "xpassed", True),
        ("xpassed", "failed", False),
        ("failed", "failed", True),
        ("failed", "skipped", False),
        ("error", "passed", True),
    ],
)
def test_tests_that_did_not_pass_before(was, now, fine):
    before, after = run(a="failed", c=was), run(a="passed", c=now)
    assert (problem(before, after, ["t.py::a"]) is None) == fine


@pytest.mark.parametrize("status", ["broken", "timeout", "no-tests"])
def test_a_run_without_a_result_proves_nothing(status):
    assert problem(run(a="failed"), run(status, a="passed"), ["t.py::a"]) is not None


_CALLERS = {
    "shop/__init__.py": "",
    "shop/cart.py": """\
        import sys
        class Caller:
            def names(self):
                self.found = [None]
                frame = sys._getframe(1)
                while frame.f_code.co_name != "asked":
                    frame = frame.f_back
                return [*self.found, frame.f_code.co_name]
        """,
    "tests/test_cart.py": """\
        from shop.cart import Caller


        def asked():
            return Caller().names()


        def test_asked():
            assert asked() == ["asked"]


        def test_twice():
            assert len(asked() + asked()) % 2 == 0
        """,
}


def test_what_the_project_did_before_is_no_reaching_for_the_runner(tmp_path, sandbox):
    """Code about frames and tracebacks can be repaired, and lines that read them, too."""
    project = write_project(tmp_path / "callers", _CALLERS)
    again = Edit(
        FIX.path, LineSpan(4, 6), ("        self.found = []", "        frame = sys._getframe(0)")
    )
    more = "        self.found = []; sys._getframe(0).f_back.f_code"
    found = verdict(
        project, sandbox, "        self.found = []", again, more,
        targets=("tests/test_cart.py::test_asked",),
    )  # fmt: skip
    assert [each.verdict for each in found] == ["plausible", "plausible", "failing"]
    assert "line 4 of shop/cart.py reaches for the test runner" in found[2].reason
