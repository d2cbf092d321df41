"""A slot's servers: trusted only when they find what was found before, lost without a loss, and
gone with everything in them."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from repairlsp.errors import CancelledError
from repairlsp.sandbox import choose
from repairlsp.types import Candidate, Edit, LineSpan, Validation
from repairlsp.validate import Slot, ValidationPlan, time_limits, validate
from tests.validate.projects import (
    COUNT,
    FIX,
    GIB,
    NOTHING,
    SHOP,
    TOTAL,
    Bench,
    bench,
    write_project,
)

WRONG = Edit(FIX.path, FIX.span, ("        result += 2 * price",))
TEST = SHOP["tests/test_cart.py"]


def plan_of(made: Bench, case_seconds: float = 5) -> ValidationPlan:
    """All failing tests are targets."""
    report = made.run(coverage=True, case_seconds=case_seconds)
    return ValidationPlan(
        made.command,
        made.sandbox,
        report.run,
        tuple(case.id for case in report.run.failing),
        time_limits(report.run),
        2 * GIB,
        report.coverage,
        report.at_import,
        report.tampered,
    )


@contextmanager
def slot_of(project: Path, sandbox, **options) -> Iterator[Slot]:
    """A slot of a project."""
    with bench(project, sandbox) as made, Slot(made.copy, plan_of(made), **options) as slot:
        yield slot


@pytest.fixture(scope="module")
def shop_plan(tmp_path_factory) -> Iterator[tuple[Bench, ValidationPlan]]:
    project = write_project(tmp_path_factory.mktemp("shop") / "shop-project", SHOP)
    with bench(project, choose("limits")) as made:
        yield made, plan_of(made)


@pytest.fixture
def slot(shop_plan) -> Iterator[Slot]:
    """A new slot of the shop, whose first run was made once for all."""
    made, plan = shop_plan
    with Slot(made.workspace.copy(), plan) as slot:
        yield slot
    assert below_us() == []


def check(slot: Slot, *edits: Edit, **options) -> Validation:
    return validate(Candidate(edits, "template:test"), slot, slot.plan, **options)


def line(number: int, text: str) -> Edit:
    return Edit(FIX.path, LineSpan(number, number + 1), (text,))


def shop_with(shop: Path, files: Mapping[str, str]) -> Path:
    return write_project(shop, files)


_others: set[psutil.Process] = set()


@pytest.fixture(autouse=True)
def others() -> None:
    """Processes that earlier tests keep, of `multiprocessing` for example, are none of ours."""
    _others.clear()
    _others.update(psutil.Process().children(recursive=True))


def below_us() -> list[psutil.Process]:
    return [one for one in psutil.Process().children(recursive=True) if one not in _others]


# ------------------------------------------------------------------------------- ways of checking


def test_a_candidate_is_checked_by_the_quickest_way_that_can(shop, each_sandbox):
    module_level = Edit(FIX.path, LineSpan(1, 1), ("RATE = 1",))
    other = line(9, "    return len(prices) + 1")
    with slot_of(shop, each_sandbox) as slot:
        found = [check(slot, edit) for edit in (WRONG, module_level, other, FIX)]
        assert slot.notes == []
    said = [(each.verdict, each.checked_by) for each in found]
    assert said == [
        ("failing", "swap"),
        ("failing", "fork"),
        ("failing", "coverage"),
        ("plausible", "process"),
    ]
    assert "still fails: AssertionError: assert 6 == 3" in found[0].reason
    assert found[2].reason.startswith(f"{TOTAL} still fails")
    assert below_us() == []


def test_a_temporary_folder_with_a_long_path(shop, sandbox, tmp_path, monkeypatch):
    """As CI jobs have: longer than the address of a socket can be."""
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with slot_of(shop, sandbox) as slot:
        found = check(slot, WRONG)
        assert slot.notes == []
    assert (found.verdict, found.checked_by) == ("failing", "swap")


def test_without_servers_processes_do_it_all(shop_plan):
    made, plan = shop_plan
    with Slot(made.workspace.copy(), plan, use_fork_server=False) as slot:
        found = check(slot, WRONG)
    assert (found.verdict, found.checked_by) == ("failing", "process")


def test_a_regression_is_found_by_a_child(slot):
    both = Edit(
        FIX.path,
        LineSpan(4, 10),
        (*FIX.lines, "    return result", "", "def count(prices):", "    return 0"),
    )
    found = check(slot, both)
    assert (found.verdict, found.checked_by) == ("failing", "swap")
    assert found.reason.startswith(f"{COUNT} passed before and fails now")


def test_many_candidates_leave_the_copy_and_each_other_alone(shop, sandbox):
    """What one child writes, another does not see."""
    write_project(shop, {"tests/test_cart.py": TEST + """\


        def test_alone(tmp_path):
            import pathlib, shop.cart
            mark = pathlib.Path("mark")
            assert not mark.exists() and not hasattr(shop.cart, "mark")
            mark.write_text("here")
            shop.cart.mark = 1
    """})  # fmt: skip
    with slot_of(shop, sandbox) as slot:
        for _ in range(3):
            found = check(slot, WRONG)
            assert "assert 6 == 3" in found.reason
        assert check(slot, FIX).verdict == "plausible"


def test_code_that_is_loaded_late_is_run_from_the_patched_file(shop, sandbox):
    tests = TEST.replace("from shop.cart import count, total\n", "").replace(
        "def test_total():\n", "def test_total():\n            from shop.cart import total\n"
    )
    tests = "        import importlib\n" + tests.replace("total([])", "0").replace(
        "count([1, 2])", "importlib.import_module('shop.cart').count([1, 2])"
    )
    write_project(shop, {"tests/test_cart.py": tests})
    with slot_of(shop, sandbox) as slot:
        found = [check(slot, edit) for edit in (WRONG, Edit(FIX.path, LineSpan(1, 1), ("A = 1",)))]
        assert [(each.verdict, each.checked_by) for each in found] == [("failing", "swap")] * 2
        assert "assert 6 == 3" in found[0].reason
        assert check(slot, FIX).verdict == "plausible"


def test_coverage_rules_out_only_what_no_target_before_it_has_run(shop, sandbox):
    """The second target sees what the first one left: its own coverage is not the whole truth."""
    write_project(shop, {
        "shop/cart.py": """\
            import functools

            @functools.lru_cache(maxsize=None)
            def rate():
                return 2

            def total(prices):
                return sum(prices) * rate()

            def apart():
                return 0
            """,
        "tests/test_cart.py": """\
            from shop.cart import apart, total

            def test_first(): assert total([1]) == 1
            def test_second(): assert total([2]) == 2
            def test_apart(): assert apart() == 0
            """,
    })  # fmt: skip
    with slot_of(shop, sandbox) as slot:
        repair = check(slot, line(5, "    return 1"))
        assert (repair.verdict, repair.checked_by) == ("plausible", "process")
        apart = check(slot, line(11, "    return 1"))
        assert (apart.verdict, apart.checked_by) == ("failing", "coverage")


def test_what_a_subprocess_runs_is_not_ruled_out_by_coverage(shop, sandbox):
    write_project(shop, {"tests/test_cart.py": """\
        import subprocess, sys
        def test_total():
            code = "from shop.cart import total; print(total([1, 2]))"
            done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True)
            assert done.stdout == b"3\\n"
    """})  # fmt: skip
    with slot_of(shop, sandbox) as slot:
        assert check(slot, FIX).verdict == "plausible"


# ----------------------------------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("loop", "said"),
    [
        ("while True: pass", "TestTimeLimitExceeded"),
        ("import time; time.sleep(100)", "TestTimeLimitExceeded: the test ran longer"),
        (
            "while True:\n            try:\n                while True: pass\n"
            "            except BaseException: pass",
            "TestTimeLimitExceeded",
        ),
        ("sum(iter(int, 1))", "the tests ran longer"),
    ],
)
def test_endless_loops_end(slot, loop, said):
    edit = Edit(FIX.path, FIX.span, tuple(f"        {loop}".split("\n")))
    found = check(slot, edit)
    assert (found.verdict, found.checked_by) == ("timeout", "swap")
    assert said in found.reason
    assert "assert 6 == 3" in check(slot, WRONG).reason


def test_patience_takes_an_endless_loop_for_a_failure(slot):
    """It has had the time that a process would have."""
    slot.is_patient = True
    found = check(slot, line(4, "        while True: pass"))
    assert (found.verdict, found.checked_by) == ("failing", "swap")
    assert "TestTimeLimitExceeded: the test ran longer" in found.reason


def test_a_test_that_hung_may_be_repaired(shop, sandbox):
    text = SHOP["shop/cart.py"].replace("result -= price", "result += price").replace(
        "for price in prices:", "while True:"
    )  # fmt: skip
    write_project(shop, {"shop/cart.py": text})
    with bench(shop, sandbox) as made, Slot(made.copy, plan_of(made, case_seconds=1)) as slot:
        assert check(slot, line(3, "    for price in prices:")).verdict == "plausible"
        assert slot.notes == []


def test_memory_is_limited(slot):
    edit = line(4, "        result = len(bytearray(1 << 33))")
    found = check(slot, edit)
    assert (found.verdict, found.checked_by) == ("failing", "swap")
    assert "MemoryError" in found.reason


@pytest.mark.parametrize("way", ["a daemon", "a group of its own", "a thread"])
def test_nothing_outlives_its_candidate(shop, sandbox, tmp_path, way):
    """With plain limits the tests can write anywhere: they say which process they left."""
    mark = tmp_path / "pid"
    left = {
        "a daemon": f"""\
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    pathlib.Path({str(mark)!r}).write_text(str(os.getpid()))
                    time.sleep(100)
                os._exit(0)
            while not mark.exists(): time.sleep(0.01)
            """,
        "a group of its own": """\
            left = subprocess.Popen(["sleep", "100"], start_new_session=True)
            mark.write_text(str(left.pid))
            """,
        "a thread": """\
            threading.Thread(target=time.sleep, args=(100,)).start()
            mark.write_text(str(os.getpid()))
            """,
    }[way]
    body = left.replace("\n            ", "\n            ")
    write_project(shop, {"tests/test_cart.py": "import os, pathlib, subprocess, threading, time\n"
                         "from shop.cart import total\n"
                         f"mark = pathlib.Path({str(mark)!r})\n"
                         "def test_total():\n"
                         "    if total([1]) == 2:\n"
                         + "".join("        " + text[12:] + "\n" for text in body.split("\n"))
                         + "    assert total([1, 2]) == 3\n"})  # fmt: skip
    with slot_of(shop, sandbox) as slot:
        found = check(slot, WRONG)
        assert (found.verdict, found.checked_by) == ("failing", "swap")
        assert not psutil.pid_exists(int(mark.read_text()))
        assert check(slot, FIX).verdict == "plausible"


# -------------------------------------------------------------------- what collecting leaves behind


def test_files_from_collecting_are_there_for_each_child(shop, sandbox):
    write_project(shop, {"tests/test_cart.py": """\
        import pathlib, tempfile
        from shop.cart import total

        FOLDER = pathlib.Path(tempfile.mkdtemp())
        (FOLDER / "data").write_text("3")
        (pathlib.Path.home() / ".toolrc").write_text("x")
        FILE = open(__file__)
        FIRST = FILE.readline()

        def test_total():
            assert FILE.readline().startswith("from shop.cart")
            assert (FOLDER / "data").read_text() == "3"
            (FOLDER / "data").write_text("4")
            (pathlib.Path.home() / ".toolrc").unlink()
            assert total([1, 2]) == 3
    """})  # fmt: skip
    with slot_of(shop, sandbox) as slot:
        for _ in range(3):
            found = check(slot, WRONG)
            assert (found.verdict, found.checked_by) == ("failing", "swap")
            assert "assert 6 == 3" in found.reason
        assert check(slot, FIX).verdict == "plausible"
        assert "assert 6 == 3" in check(slot, WRONG).reason


def test_a_session_that_writes_into_the_project_is_not_forked(shop, sandbox):
    write_project(shop, {"tests/test_log.py": """\
        import logging
        logging.basicConfig(filename="app.log", force=True)
        logging.warning("here")
        def test(): pass
    """})  # fmt: skip
    with slot_of(shop, sandbox) as slot:
        found = check(slot, WRONG)
        assert (found.verdict, found.checked_by) == ("failing", "fork")
        assert "app.log was written before any test ran" in slot.notes[0]
        assert check(slot, FIX).verdict == "plausible"


# --------------------------------------------------------------------------- when it does not work

UNUSABLE = {
    "threads": ("import threading, time\n"
                "threading.Thread(target=time.sleep, args=(3,), daemon=True).start()\n",
                "threads run"),
    "processes": ("import subprocess\nsubprocess.Popen(['sleep', '3'])\n", "processes were"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSABLE)
def test_sessions_that_must_not_be_forked(shop, sandbox, name):
    text, why = UNUSABLE[name]
    write_project(shop, {"tests/test_other.py": text + "def test(): pass\n"})
    with slot_of(shop, sandbox) as slot:
        found = check(slot, WRONG)
        assert (found.verdict, found.checked_by) == ("failing", "fork")
        assert any(why in note for note in slot.notes)
        assert check(slot, FIX).verdict == "plausible"


def test_a_file_that_cannot_be_collected_is_repaired_by_the_cold_server(shop, sandbox):
    text = "def total(prices):\n    return sum(prices\n\ndef count(x):\n    return len(x)\n"
    write_project(shop, {"shop/cart.py": text, "tests/test_other.py": "def test(): pass\n"})
    right = Edit(FIX.path, LineSpan(2, 3), ("    return sum(prices)",))
    half = Edit(FIX.path, LineSpan(2, 3), ("    return 0",))
    with slot_of(shop, sandbox) as slot:
        assert slot.plan.targets == ("tests/test_cart.py",)
        found = [check(slot, edit) for edit in (half, right)]
        assert [each.verdict for each in found] == ["failing", "plausible"]
        assert any("cannot be collected" in note for note in slot.notes)


def test_a_server_that_finds_something_else_is_not_trusted(shop, sandbox):
    write_project(shop, {"tests/test_cart.py": TEST.replace(
        "assert total([1, 2]) == 3",
        "import os\n            parent = open(f'/proc/{os.getppid()}/cmdline').read()\n"
            "            if 'launcher.py' not in parent: raise KeyError\n"
        "            assert total([1, 2]) == 3")})  # fmt: skip
    with slot_of(shop, sandbox) as slot:
        found = check(slot, WRONG)
        assert (found.verdict, found.checked_by) == ("failing", "process")
        assert "failed KeyError in it, where it failed AssertionError before" in slot.notes[0]
        assert len(slot.notes) == 2
        assert check(slot, FIX).verdict == "plausible"


def test_other_tests_that_differ_in_children_do_not_decide(shop, sandbox):
    write_project(shop, {"tests/test_z.py": """\
        import os
        def test_z():
            assert "launcher.py" in open(f"/proc/{os.getppid()}/cmdline").read()
    """})  # fmt: skip
    with slot_of(shop, sandbox) as slot:
        assert check(slot, WRONG).checked_by == "swap"
        assert check(slot, FIX).verdict == "plausible"


def test_a_server_that_is_killed_is_started_once_more(slot):
    assert check(slot, WRONG).checked_by == "swap"
    for ways in ({"swap", "fork"}, {"fork"}):
        (warm,) = [each for each in below_us() if "warm-spec" in str(_spec_of(each))]
        warm.kill()
        found = [check(slot, WRONG) for _ in range(2)]
        assert {each.checked_by for each in found} == ways
        assert {each.verdict for each in found} == {"failing"}
    assert any("the server was lost" in note for note in slot.notes)
    assert check(slot, FIX).verdict == "plausible"


def _spec_of(process: psutil.Process) -> str | None:
    try:
        if "-m" in process.cmdline() and "-S" not in process.cmdline():  # nor the launcher
            return process.environ().get("REPAIRLSP_SPEC")
    except psutil.Error:
        pass
    return None


def test_a_server_that_is_killed_while_a_test_runs(slot):
    slow = line(4, "        import os, signal; os.kill(os.getppid(), signal.SIGKILL)")
    found = [check(slot, slow) for _ in range(3)]
    assert {each.verdict for each in found} == {"failing"}
    assert check(slot, FIX).verdict == "plausible"


# -------------------------------------------------------------------------------------- cancelling


class After:
    """A token that is set when it has been asked a number of times."""

    def __init__(self, questions: int) -> None:
        self.left = questions

    def is_set(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("questions", [0, 1, 3, 10, 20])
def test_a_cancel_at_any_moment(slot, questions):
    slow = line(4, "        import time; time.sleep(100)")
    with pytest.raises(CancelledError):
        check(slot, slow, cancel=After(questions))
    assert "assert 6 == 3" in check(slot, WRONG).reason
    assert slot.notes == []


def test_a_cancel_while_a_test_runs(slot):
    slow = line(4, "        import time; time.sleep(100)")
    check(slot, WRONG)
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()
    began = time.monotonic()
    with pytest.raises(CancelledError):
        check(slot, slow, cancel=cancel)
    assert time.monotonic() - began < 60
    assert "assert 6 == 3" in check(slot, WRONG).reason


def test_closing_at_any_moment(slot):
    slot.warm_up()
    slot.close()
    assert below_us() == []
    slot.close()
    assert check(slot, WRONG).verdict == "failing"


def test_an_interrupt_leaves_nothing(shop, sandbox):
    slow = line(4, "        import time; time.sleep(100)")
    with pytest.raises(KeyboardInterrupt), slot_of(shop, sandbox) as slot:
        check(slot, WRONG)
        folder = slot.copy.root.parent.parent
        assert folder.exists()
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
        check(slot, slow)
    assert below_us() == []
    assert not folder.exists()


def test_targets_that_take_long_wait_for_the_quickest(shop, sandbox):
    write_project(shop, {"tests/test_a.py": """\
        import time
        from shop.cart import total
        def test_slow():
            time.sleep(0.2)
            assert total([2]) == 2
    """})  # fmt: skip
    with slot_of(shop, sandbox) as slot:
        assert slot.plan.quickest_target == TOTAL
        found = check(slot, WRONG)
        assert found.run is not None
        assert [case.id for case in found.run.cases] == [TOTAL]
        assert NOTHING not in slot.plan.targets
        assert check(slot, FIX).verdict == "plausible"
