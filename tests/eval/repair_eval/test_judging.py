"""Judging answers: what they may touch, overfitting, and likeness to the reference fix."""

from __future__ import annotations

import pytest
from repair_eval.judging import Reference, judge_answer, reference_of
from repair_eval.reference import fault_lines, fix_diff
from repair_eval.suite import Defect, load_suite

from repairlsp.patches import unified_diff
from repairlsp.sandbox import choose
from repairlsp.source import SourceText
from tests.eval.repair_eval.copies import SUITE

SANDBOX = choose("limits")


@pytest.fixture(scope="module")
def defect() -> Defect:
    (defect,) = load_suite(SUITE, ["python/duration-parts"]).defects
    return defect


@pytest.fixture(scope="module")
def reference(defect: Defect) -> Reference:
    return reference_of(defect, SANDBOX)


def _diff(defect: Defect, old: str, new: str) -> str:
    """The fix, with a further change."""
    ((path, (buggy, fixed)),) = defect.content.changed().items()
    text = fixed.decode()
    assert old in text
    changed = SourceText.from_text(text.replace(old, new))
    return unified_diff(path, SourceText.from_bytes(buggy), changed)


def test_the_reference_runs_more_tests_than_are_visible(reference: Reference):
    assert set(reference.visible) < set(reference.everything)


def test_layout_and_comments_do_not_make_another_tree(defect: Defect, reference: Reference):
    diff = _diff(defect, "total += int(", "total += int(  # of this part\n            ")
    judged = judge_answer(defect, diff, reference, SANDBOX)
    assert (judged.plausible, judged.correct) == (True, True)
    assert (judged.exact, judged.ast_same, judged.lines_changed) == (False, True, 3)


def test_a_plausible_patch_that_fails_a_hidden_test_is_not_correct(
    defect: Defect, reference: Reference
):
    diff = _diff(defect, '"d": 86400', '"d": 86401')
    judged = judge_answer(defect, diff, reference, SANDBOX)
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
    defect: Defect, reference: Reference, diff: str, why: str
):
    judged = judge_answer(defect, diff, reference, SANDBOX)
    assert (judged.plausible, judged.correct) == (False, False)
    assert why in judged.reason


def test_the_lines_around_an_insertion_are_the_fault():
    changed = {"a.py": (b"one\ntwo\n", b"one\nnew\ntwo\n")}
    assert "+new" in fix_diff(changed)
    defects = load_suite(SUITE, ["python"]).defects
    for defect in defects:
        lines = fault_lines(defect)
        files = {path: buggy for path, (buggy, _) in defect.content.changed().items()}
        assert lines
        assert all(1 <= line <= len(files[path].splitlines()) for path, line in lines)
