"""What a candidate may take of time and memory in a slot, and that nothing outlives it."""

from __future__ import annotations

import psutil
import pytest

from repairlsp.types import Edit
from repairlsp.validate import Slot
from tests.validate.projects import (
    FIX,
    SHOP,
    bench,
    write_project,
)
from tests.validate.slots import (
    WRONG,
    check,
    line,
    plan_of,
    slot_of,
)


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
def test_nothing_outlives_its_candidate(shop, sandbox, tmp_path, way, monkeypatch):
    """Without Landlock the tests can write anywhere: they say which process they left."""
    monkeypatch.setattr("repairlsp.sandbox.limits.landlock_version", lambda: 0)
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
