"""HumanEvalPack's JSON lines, with a function of our own."""

from __future__ import annotations

from pathlib import Path

from repair_eval.importers import FORMATS, Draft, Source

from tests.eval.repair_eval.importers.layouts import write_lines
from tests.eval.repair_eval.importers.proving import assert_proved, import_suite

PROMPT = '''def _shortest_leg(stops):
    """The smallest distance between one stop and the next, None where there is no next one."""
'''
BODY = """    legs = [{}b - a{} for a, b in zip(stops, stops[1:])]
    return min(legs, default=None)
"""
ROW = {
    "task_id": "Python/0",
    "prompt": PROMPT,
    "import": "",
    "canonical_solution": BODY.format("abs(", ")"),
    "buggy_solution": BODY.format("", ""),
    "bug_type": "missing logic",
    "test_setup": "LINE = [0, 4, 1]\n",
    "test": "def check(leg):\n    assert leg(LINE) == 3\n    assert leg([1]) is None\n\n\n"
    "check(_shortest_leg)",
    "example_test": "def check(leg):\n    assert leg([5, 1]) == 4\n\n\ncheck(_shortest_leg)\n",
    "entry_point": "_shortest_leg",
}


def test_example_tests_are_visible_and_the_others_hidden(tmp_path: Path):
    shown = "check = _shortest_leg\nassert check([1, 5]) == 4"
    place = write_lines(
        tmp_path / "data" / "humanevalpack.jsonl",
        ROW,
        {**ROW, "task_id": "Rust/3"},
        {**ROW, "task_id": "Python/4", "example_test": ""},
        {**ROW, "task_id": "Python/5", "example_test": shown},
        {**ROW, "task_id": "Python/6", "canonical_solution": ROW["buggy_solution"]},
        {**ROW, "task_id": "Python/7", "canonical_solution": BODY.format("0 * ", "")},
        {**ROW, "task_id": "Python/8", "test": "check("},
        "{",
    )
    record = import_suite("humanevalfix", place, tmp_path / "suite")
    reasons = {entry["name"]: entry["reason"] for entry in record["left_out"]}
    assert list(reasons) == [
        "Rust/3",
        "Python/4",
        "Python/5",
        "Python/6",
        "Python/7",
        "Python/8",
        "humanevalpack.jsonl:8",
    ]
    assert reasons["Rust/3"] == "is not in Python"
    assert reasons["Python/4"] == "has no example_test"
    assert reasons["Python/5"].startswith("its visible tests pass without the fix")
    assert reasons["Python/6"] == "fixed/solution.py: is the same as in buggy/; leave it out"
    assert reasons["Python/7"].startswith("its own fix does not pass: test_example.py::test_ex")
    assert reasons["Python/8"].startswith("test is not Python: ")
    assert_proved(tmp_path / "suite", "python/python-0")


def test_a_module_that_only_defines_check_is_called(tmp_path: Path):
    only = {**ROW, "test": "def check(leg):\n    assert leg(LINE) == 3\n"}
    place = write_lines(tmp_path / "humaneval.jsonl", only)
    (item,) = FORMATS["humanevalfix"].read(Source(place))
    assert isinstance(item, Draft)
    test = item.hidden["test_hidden.py"].decode()
    assert test.endswith("def test_hidden():\n    check(_shortest_leg)\n")
    assert "LINE = [0, 4, 1]" in test.splitlines()
