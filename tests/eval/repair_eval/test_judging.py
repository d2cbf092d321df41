"""Judging answers: what they may touch, overfitting, and likeness to the reference fix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from repair_eval.bench import Bench
from repair_eval.judging import Reference, judge_answer, reference_of
from repair_eval.reference import fault_lines, fix_diff
from repair_eval.runners import missing
from repair_eval.suite import Defect, load_suite

from repairlsp.patches import unified_diff
from repairlsp.sandbox import Completed, choose
from repairlsp.source import SourceText
from tests.eval.repair_eval.copies import SUITE

SANDBOX = choose("limits")


@pytest.fixture(scope="module")
def defect() -> Defect:
    (defect,) = load_suite(SUITE, ["python/duration-parts"]).defects
    return defect


@pytest.fixture(scope="module")
def bench(defect: Defect) -> Iterator[Bench]:
    with Bench(defect, SANDBOX) as bench:
        yield bench


@pytest.fixture(scope="module")
def reference(bench: Bench) -> Reference:
    return reference_of(bench)


def _diff(defect: Defect, old: str, new: str) -> str:
    """The fix, with a further change."""
    ((path, (buggy, fixed)),) = defect.content.changed().items()
    text = fixed.decode()
    assert old in text
    changed = SourceText.from_text(text.replace(old, new))
    return unified_diff(path, SourceText.from_bytes(buggy), changed)


def test_the_reference_runs_more_tests_than_are_visible(reference: Reference):
    assert set(reference.visible) < set(reference.everything)


def test_layout_and_comments_do_not_make_another_tree(bench: Bench, reference: Reference):
    diff = _diff(bench.defect, "total += int(", "total += int(  # of this part\n            ")
    judged = judge_answer(bench, diff, reference)
    assert (judged.plausible, judged.correct) == (True, True)
    assert (judged.exact, judged.ast_same, judged.lines_changed) == (False, True, 3)


def test_a_plausible_patch_that_fails_a_hidden_test_is_not_correct(
    bench: Bench, reference: Reference
):
    diff = _diff(bench.defect, '"d": 86400', '"d": 86401')
    judged = judge_answer(bench, diff, reference)
    assert (judged.plausible, judged.correct, judged.ast_same) == (True, False, False)
    assert judged.reason


@pytest.mark.parametrize(
    ("diff", "why"),
    [
        ("nonsense", "adds, removes or renames files"),
        (
            "--- a/tests/test_durations.py\n+++ b/tests/test_durations.py\n@@ -1 +1 @@\n-a\n+b\n",
            "the patch changes a test: tests/test_durations.py",
        ),
        ("--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+b\n", "x.py, which is no file of the project"),
        ("--- a/durations.py\n+++ b/durations.py\n@@ -1 +1 @@\n-a\n+b\n", "does not apply"),
        ("--- /dev/null\n+++ b/conftest.py\n@@ -0,0 +1 @@\n+b\n", "adds, removes or renames files"),
    ],
)
def test_an_answer_changes_source_and_nothing_else(
    bench: Bench, reference: Reference, diff: str, why: str
):
    judged = judge_answer(bench, diff, reference)
    assert (judged.plausible, judged.correct) == (False, False)
    assert why in judged.reason


def test_what_a_run_does_to_other_runs_counts_against_it_alone(
    defect: Defect, reference: Reference
):
    """Without a sandbox an answer can change what copies are made from."""
    write = "__import__('pathlib').Path('../../pristine/durations.py').write_text('broken(')"
    diff = _diff(defect, "import re\n", f"import re\n{write}\n")
    with Bench(defect, choose("none")) as bench:
        judged = judge_answer(bench, diff, reference)
        assert not judged.plausible
        assert "/pristine/durations.py, outside their copy" in judged.reason
        assert judge_answer(bench, fix_diff(bench.changed), reference).correct


def test_a_run_finds_nothing_of_the_one_before(bench: Bench):
    ((path, (buggy, _)),) = bench.changed.items()
    leave = b"from pathlib import Path\nPath('tests/left.py').touch()\n"
    find = b"from pathlib import Path\nassert not Path('tests/left.py').exists()\n"

    def loads(data: bytes) -> bool:
        """Whether its tests can be collected."""
        return len(bench.run({path: data}, "visible").cases) > 1

    assert not loads(buggy + leave + find)
    assert loads(buggy + leave)
    assert loads(buggy + find)


class Counted:
    """A sandbox that counts what it starts."""

    name = "counted"

    def __init__(self) -> None:
        self.started = 0

    def run(self, command: Sequence[str], **options: Any) -> Completed:
        self.started += 1
        return SANDBOX.run(command, **options)


def test_the_interpreter_is_asked_once_and_a_run_is_one_process(defect: Defect):
    sandbox = Counted()
    with Bench(defect, sandbox) as bench:
        reference = reference_of(bench)  # two runs
        assert sandbox.started == 1 + 2
        assert judge_answer(bench, fix_diff(bench.changed), reference).correct  # two more
        assert sandbox.started == 1 + 4
    with Bench(defect, sandbox) as bench:
        assert not judge_answer(bench, "", reference).plausible
    assert sandbox.started == 1 + 5


def test_what_has_to_be_built_is_built_for_each_run():
    (defect,) = load_suite(SUITE, ["c/hex-dump-padding"]).defects
    if lack := missing(defect):
        pytest.skip(lack)
    with Bench(defect, SANDBOX) as bench:
        reference = reference_of(bench)
        assert judge_answer(bench, fix_diff(bench.changed), reference).correct
        assert not judge_answer(bench, "", reference).plausible
        assert judge_answer(bench, fix_diff(bench.changed), reference).exact


def test_the_lines_around_an_insertion_are_the_fault():
    changed = {"a.py": (b"one\ntwo\n", b"one\nnew\ntwo\n")}
    assert "+new" in fix_diff(changed)
    defects = load_suite(SUITE, ["python"]).defects
    for defect in defects:
        lines = fault_lines(defect)
        files = {path: buggy for path, (buggy, _) in defect.content.changed().items()}
        assert lines
        assert all(1 <= line <= len(files[path].splitlines()) for path, line in lines)
