"""A slot's servers: trusted only when they find what was found before, lost without a loss."""

from __future__ import annotations

import psutil
import pytest

from repairlsp.types import Edit, LineSpan
from tests.validate.projects import (
    FIX,
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
