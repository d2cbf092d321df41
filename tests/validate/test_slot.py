"""A slot checks candidates by the quickest way that can, and leaves nothing when it is stopped."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from repairlsp.errors import CancelledError
from repairlsp.types import Edit, LineSpan
from repairlsp.validate import Slot
from tests.validate.projects import (
    COUNT,
    FIX,
    NOTHING,
    TOTAL,
    write_project,
)
from tests.validate.slots import (
    TEST,
    WRONG,
    below_us,
    check,
    line,
    slot_of,
)

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
