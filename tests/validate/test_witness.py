"""The witness of a run (check 20): what is reported and was not seen proves nothing, and what was
seen cannot be changed by who learns its key afterwards."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import pytest

from repairlsp.types import Candidate, TestCase
from repairlsp.validate import validate
from repairlsp.validate.signed import Forged, signed_lines
from repairlsp.validate.witness import Witness, contradiction, read_witness
from tests.validate.projects import FIX, write_project
from tests.validate.slots import WRONG, slot_of

TEST = "test_a.py::test"
PASSED = (TestCase(TEST, "passed", "", (), 0.0),)
FAILED = (TestCase(TEST, "failed", "", (), 0.0),)
FINE = {"setup": False, "body": False, "call": False, "teardown": False}
SEEN = Witness({TEST: FINE}, {TEST: "code"}, is_whole=True)
BEFORE = replace(SEEN, raised={TEST: {**FINE, "body": True, "call": True}}).beside(FAILED)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (SEEN, None),
        (replace(SEEN, is_whole=False), "its end was not seen"),
        (replace(SEEN, raised={}), "was not seen to pass"),
        *(
            (replace(SEEN, raised={TEST: {**FINE, phase: True}}), "was not seen to pass")
            for phase in FINE
        ),
        (replace(SEEN, codes={TEST: "other"}), "was not run as it is"),
        (replace(SEEN, codes={}), "was not run as it is"),
    ],
)
def test_a_test_passes_only_where_that_was_seen(now: Witness, said: str | None) -> None:
    found = contradiction(PASSED, now, BEFORE)
    assert (found is None) if said is None else (said in (found or ""))
    assert contradiction(FAILED, replace(now, is_whole=True), BEFORE) is None


def test_where_nothing_was_seen_before_nothing_is_asked_for() -> None:
    blind = Witness(is_whole=True).beside(FAILED)
    assert contradiction(PASSED, Witness(), blind) is None


def test_a_plugin_may_swallow_what_a_test_raises_if_it_always_does() -> None:
    raised = {TEST: {**FINE, "body": True}}
    lenient = replace(SEEN, raised=raised).beside(PASSED)
    assert contradiction(PASSED, replace(SEEN, raised=raised), lenient) is None


def test_plugins_of_the_project_come_and_go_unless_the_patch_changes_them() -> None:
    now = Witness(tampered=frozenset({"plugin a/conftest.py", "plugin a/b.py for pytest_x", "y"}))
    known = Witness(tampered=frozenset({"y"}))
    assert now.replaced(known, {"a/conftest.py", "a/b.py"}) == []
    assert now.replaced(known, {"a/conftest.py"}) == ["plugin a/b.py for pytest_x"]


# ---------------------------------------------------------------------------------- signed lines

KEY = "00" * 16


def following(key: bytes) -> bytes:
    return blake2b(b"next", key=key, digest_size=32).digest()


def signed(lines: list[object], key: bytes = bytes.fromhex(KEY)) -> list[bytes]:
    made = []
    for line in lines:
        text = json.dumps(line).encode()
        made.append(blake2b(text, key=key, digest_size=16).hexdigest().encode() + b" " + text)
        key = following(key)
    return made


def read(path: Path, lines: list[bytes]) -> list[object]:
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return list(signed_lines(path, KEY))


def test_lines_that_are_changed_added_or_taken_away_show(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    lines = signed([1, 2, 3])
    assert read(path, lines) == [1, 2, 3]
    assert read(path, lines[:2]) == [1, 2]  # its writer was killed: what is missing is missed
    assert read(path, [*lines, *lines]) == [1, 2, 3] * 2  # one session more
    for others in (
        [lines[0], lines[2]],
        [lines[1], lines[0]],
        [*lines, lines[2]],
        [*lines, b"4"],
        [lines[0].replace(b" 1", b" 4"), *lines[1:]],
    ):
        with pytest.raises(Forged):
            read(path, others)


def test_who_learns_the_key_later_cannot_change_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    lines = signed([1, 2])
    key = following(following(bytes.fromhex(KEY)))
    assert read(path, [*lines, *signed([3], key)]) == [1, 2, 3]
    for others in (signed([3], key), [lines[0], *signed([3], key)]):
        with pytest.raises(Forged):
            read(path, others)


def test_a_witness_that_ends_early_is_not_whole(tmp_path: Path) -> None:
    path = tmp_path / "witness"
    lines = signed([["ended", TEST, "call", False, ""], ["reached", "open", "a.py", 3], ["exit"]])
    read(path, lines)
    whole = read_witness(path, KEY)
    assert whole.is_whole
    assert whole.raised == {TEST: {"call": False}}
    assert whole.reached == (("open", "a.py", 3),)
    for part in (lines[:2], [*lines, b"x"]):
        path.write_bytes(b"\n".join([*part, b""]))
        assert not read_witness(path, KEY).is_whole
    assert not read_witness(tmp_path / "none", KEY).is_whole


# ------------------------------------------------------------------------- what honest projects do

IN_PROCESSES_OF_THEIR_OWN = {
    "conftest.py": """\
        import os
        import pickle

        import pytest
        from _pytest.runner import runtestprotocol


        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_protocol(item, nextitem):
            hook = item.config.hook
            hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
            read, write = os.pipe()
            if os.fork() == 0:
                reports = runtestprotocol(item, nextitem=nextitem, log=False)
                told = [hook.pytest_report_to_serializable(config=item.config, report=each)
                        for each in reports]
                os.write(write, pickle.dumps(told))
                os._exit(0)
            os.close(write)
            for data in pickle.loads(open(read, 'rb').read()):
                report = hook.pytest_report_from_serializable(config=item.config, data=data)
                hook.pytest_runtest_logreport(report=report)
            hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
            return True
        """,
}
OF_ALL_KINDS = {
    "tests/conftest.py": """\
        import pytest


        @pytest.fixture(autouse=True)
        def quiet(monkeypatch):
            import builtins
            monkeypatch.setattr(builtins, "print", lambda *_: None)


        @pytest.hookimpl(hookwrapper=True)
        def pytest_runtest_makereport(item, call):
            yield
        """,
    "tests/more/conftest.py": "def pytest_runtest_setup(item): item.user_properties.append(1)\n",
    "tests/more/test_kinds.py": """\
        import unittest

        import pytest

        from shop.cart import count, total


        class TotalTest(unittest.TestCase):
            def setUp(self):
                self.prices = [1, 2]

            def test_total(self):
                print("not seen")
                self.assertEqual(total(self.prices), 3)

            @unittest.expectedFailure
            def test_expected(self):
                self.assertEqual(1, 2)

            def test_parts(self):
                for prices in ([], [1]):
                    with self.subTest(prices):
                        self.assertEqual(count(prices), len(prices))


        @pytest.mark.parametrize("prices", [[5], [1, 2]])
        def test_totals(prices):
            assert total(prices) == sum(prices)


        @pytest.mark.xfail
        def test_known():
            assert False


        def test_raises():
            with pytest.raises(TypeError):
                total(None)
        """,
}


@pytest.mark.parametrize("files", [IN_PROCESSES_OF_THEIR_OWN, OF_ALL_KINDS], ids=["own", "kinds"])
def test_honest_repairs_are_believed(shop: Path, sandbox, files: dict[str, str]) -> None:
    write_project(shop, files)
    with slot_of(shop, sandbox, use_fork_server=False) as slot:
        assert slot.plan.witness.sees_tests == (files is OF_ALL_KINDS)
        for edit, verdict in ((WRONG, "failing"), (FIX, "plausible")):
            found = validate(Candidate((edit,), "template:test"), slot, slot.plan)
            assert found.verdict == verdict, found.reason
