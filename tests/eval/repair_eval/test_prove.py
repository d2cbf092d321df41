"""Proving a defect: whatever part of it is spoilt, check says so. The tests run for real, in C:
its compiler and its programs start faster than any other runner here."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from repair_eval.check import Proof, check_suite, prove
from repair_eval.suite import Defect, load_suite
from repair_eval.suite.folder import load_folder

from repairlsp.errors import CancelledError
from repairlsp.sandbox import choose
from tests.eval.repair_eval.copies import SUITE, copy_defect, replace, write

needs_c = pytest.mark.skipif(
    not (shutil.which("cc") and shutil.which("make")), reason="needs cc and make"
)
Damage = Callable[[Path], object]
VISIBLE, HIDDEN = "visible/tests/test_bits.c", "hidden/tests/test_bits_more.c"
RIGHT, WRONG = "UINT64_C(1) <<", "1 <<"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_defect("c/bit-set-words", tmp_path / "suite")


def check(folder: Path) -> Proof:
    return prove(load_folder(folder), choose("limits"))


@needs_c
def test_a_sound_defect_holds(folder: Path):
    before = {path: path.stat().st_mtime_ns for path in folder.parent.rglob("*")}
    proof = check(folder)
    assert (proof.status, proof.problems) == ("holds", ())
    assert (proof.visible, proof.hidden) == (3, 3)
    after = {path: path.stat().st_mtime_ns for path in folder.parent.rglob("*")}
    assert after == before, "the suite itself is only read"


def toml(old: str, new: str) -> Damage:
    return lambda folder: replace(folder / "defect.toml", old, new)


def only(name: str, text: str) -> Damage:
    """The tests are only these."""
    return lambda folder: write(folder / name, f'#include "harness.h"\n#include "bits.h"\n{text}')


def added(name: str, text: str) -> Damage:
    def add(folder: Path) -> None:
        write(folder / name, (folder / name).read_text("utf-8") + text)

    return add


def fixed(old: str, new: str) -> Damage:
    return lambda folder: replace(folder / "fixed/src/bits.c", old, new)


GOOD = "TEST(good) { struct bits b; bits_clear(&b); CHECK(!bits_has(&b, 1)); }\n"
BAD = "TEST(bad) { struct bits b; bits_clear(&b); bits_add(&b, 40); CHECK(!bits_has(&b, 8)); }\n"
ONLY_HIDDEN = ["make", "check", "TESTS=build/test_bits_more"]
FLAKY = """
#include <fcntl.h>
TEST(flaky) { CHECK(open("trace", O_CREAT | O_EXCL | O_WRONLY, 0600) >= 0); }
"""

DAMAGES: dict[str, tuple[Damage, str]] = {
    "fix does nothing": (
        lambda folder: replace(folder / "fixed/src/bits.c", RIGHT, f"/* sic */ {WRONG}"),
        "fixed, visible tests: test_bits::low_and_high_ports_differ fails: line 17: ",
    ),
    "fix overfits": (
        fixed("return UINT64_C(1)", "return number == 35 ? 2 : 1"),
        "fixed, all tests: test_bits_more::every_number_by_itself fails: ",
    ),
    "fix does not build": (
        fixed(RIGHT, "1 < <"),
        "fixed, visible tests: exit code 2 without a whole report: src/bits.c:6:16: error: ",
    ),
    "fix ends the process": (
        fixed("    memset", "    exit(0);\n    memset"),
        "ended the process with status 0",
    ),
    "bug does not show": (
        only(VISIBLE, GOOD),
        "buggy, visible tests: all pass, so nothing shows the bug",
    ),
    "nothing guards": (
        only(VISIBLE, BAD),
        "buggy, visible tests: none passes, so nothing guards what works",
    ),
    "guard denied": (
        added("defect.toml", "[tests]\nnone_pass_before = true\n"),
        "buggy, visible tests: none_pass_before, but test_bits::what_is_added_is_there passes",
    ),
    "hidden tests judge nothing": (
        only(HIDDEN, GOOD),
        "buggy, hidden tests: all pass, so they judge no patch",
    ),
    "hidden tests are not found": (
        lambda folder: (folder / HIDDEN).rename((folder / HIDDEN).with_name("more_bits.c")),
        "fixed: the command finds no hidden test",
    ),
    "visible tests vanish": (
        added("defect.toml", '[tests]\nhidden_command = ["make", "TESTS=build/test_bits_more"]'),
        "does not run together with the hidden tests",
    ),
    "runs differ": (added(HIDDEN, FLAKY), "test_bits_more::flaky was passed, then failed"),
    "a test hangs": (
        lambda folder: [
            added(VISIBLE, "TEST(hangs) { for (;;) pause(); }\n")(folder),
            added("defect.toml", "[tests]\ncase_seconds = 1\n")(folder),
        ],
        "fixed, visible tests: test_bits::hangs fails: Alarm clock",
    ),
    "the command hangs": (
        added("defect.toml", '[tests]\ncommand = ["sleep", "60"]\nseconds = 0.2\n'),
        "fixed, visible tests: the tests ran longer than 0.",
    ),
    "no such command": (
        added("defect.toml", '[tests]\ncommand = ["no-such-program"]\n'),
        "fixed, visible tests: exit code 127 without a whole report: cannot run no-such-program",
    ),
    "wrong shape": (
        toml('"one-line"', '"multi-hunk"'),
        "shape: the fix is one-line, not multi-hunk",
    ),
}


@needs_c
@pytest.mark.parametrize("kind", DAMAGES)
def test_a_spoilt_defect_does_not_hold(folder: Path, kind: str):
    damage, message = DAMAGES[kind]
    damage(folder)
    proof = check(folder)
    assert proof.status == "fails"
    assert any(message in problem for problem in proof.problems), proof.problems
    assert all("\n" not in problem for problem in proof.problems)


@needs_c
def test_nothing_but_the_tests_that_pass_before_may_be_missing(folder: Path):
    only(VISIBLE, BAD)(folder)
    added("defect.toml", "[tests]\nnone_pass_before = true\n")(folder)
    assert check(folder).status == "holds"


@pytest.mark.parametrize(
    ("need", "why"),
    [
        ("no-such-program", "no no-such-program"),
        ("python>=99", "python is 3."),
        ("python-package:no_such_package", "no Python package no_such_package"),
    ],
)
def test_what_is_missing_here_is_skipped_with_its_reason(tmp_path: Path, need: str, why: str):
    folder = copy_defect("python/duration-parts", tmp_path)
    replace(folder / "defect.toml", 'provenance = "', f'needs = ["{need}"]\nprovenance = "')
    proof = check(folder)
    assert proof.status == "skipped"
    assert proof.problems[0].startswith(why)


def test_a_skipped_test_of_the_fixed_version_proves_nothing(tmp_path: Path):
    folder = copy_defect("python/duration-parts", tmp_path)
    path = folder / "visible/tests/test_durations.py"
    replace(path, "def test_one_unit", '@pytest.mark.skip("later")\ndef test_one_unit')
    problem = "tests/test_durations.py::test_one_unit is skipped, not passed"
    assert f"fixed, visible tests: {problem}" in check(folder).problems


@pytest.mark.slow
@pytest.mark.parametrize("defect", load_suite(SUITE).defects, ids=lambda d: d.id)
def test_every_defect_of_the_project_holds(defect: Defect):
    proof = prove(defect, choose("auto"))
    if proof.status == "skipped":
        pytest.skip(proof.problems[0])
    assert proof.problems == ()


@needs_c
def test_a_cancel_ends_the_check(folder: Path):
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(CancelledError):
        list(check_suite(load_suite(folder.parents[1]), choose("limits"), cancel=cancel))
