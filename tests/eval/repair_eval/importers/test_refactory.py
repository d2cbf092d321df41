"""Refactory's layout, with an assignment of our own."""

from __future__ import annotations

from pathlib import Path

from tests.eval.repair_eval.importers.layouts import write_files
from tests.eval.repair_eval.importers.proving import assert_proved, import_suite

REFERENCE = """def tide(levels):
    top = max(levels, key=lambda hour: levels[hour])
    return (top, LOW + levels[top])
"""
WRONG = """def tide(levels):
    top = 0
    for hour in levels:
        if levels[hour] > {}:
            top = hour
    return (top, LOW + levels[top])
"""
CASES = [
    ("tide({5: 2})", "(5, 12)"),
    ("tide({0: 4, 6: 3})", "(0, 14)"),
    ("tide({0: 4, 6: 5, 9: 1})", "(6, 15)"),
    ("print(tide({3: 2, 4: 2.5}))", "(4, 12.5)"),
    ("tide({0: 7, 1: 9, 2: 8})", "(1, 19)"),
]


def test_wrong_programs_become_defects_fixed_by_the_reference(tmp_path: Path):
    question = tmp_path / "data" / "question_1"
    files = {
        "code/global.py": "LOW = 10",
        "code/reference/reference.py": REFERENCE,
        "code/correct/sub_1.py": REFERENCE,
        "code/wrong/sub_2.py": WRONG.format("2"),
        "code/wrong/sub_3.py": WRONG.format("levels[top]").replace("top = 0", "top = min(levels)"),
    }
    for number, (given, output) in enumerate(CASES, 1):
        files |= {f"ans/input_{number:03}.txt": given, f"ans/output_{number:03}.txt": output}
    write_files(question, files)
    write_files(question.with_name("question_2"), {"code/wrong/sub_9.py": "x = 1\n"})
    record = import_suite("refactory", tmp_path, tmp_path / "suite")
    assert_proved(tmp_path / "suite", "python/question-1-sub-2")
    (right, homeless) = record["left_out"]
    assert right["name"] == "question_1/sub_3"
    assert right["reason"].startswith("no test fails before the fix and passes after it")
    assert homeless == {
        "name": "question_2/sub_9",
        "reason": "the question has no code/reference/reference.py",
    }
