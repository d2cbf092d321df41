"""QuixBugs' layout, with programs of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from repair_eval.main import main
from repair_eval.suite import Defect, TestSet, load_suite

from tests.eval.repair_eval.importers.layouts import GAPS_BUGGY, GAPS_FIXED, write_files
from tests.eval.repair_eval.importers.proving import assert_proved, import_suite, verdict

CHAIN = "class Link:\n    def __init__(self, item, rest=None):\n        self.item = item\n{}"
CHAIN_REST = "        self.rest = rest\n"
LAST = (
    "def last_item(link):\n    while link.rest{}:\n        link = link.rest\n    return link.item\n"
)
LAST_TESTS = """import pytest
from node import Link

if pytest.use_correct:
    from correct_python_programs.last_item import last_item
else:
    from python_programs.last_item import last_item


@pytest.mark.parametrize("items", [[1], [1, 2], [1, 2, 3], []])
def test_last(items):
    link = None
    for item in items:
        link = Link(item, link)
    assert last_item(Link(0, link)) == (items[0] if items else 0)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "quixbugs"
    write_files(
        folder,
        {
            "python_programs/seat_gaps.py": GAPS_BUGGY,
            "correct_python_programs/seat_gaps.py": GAPS_FIXED,
            "json_testcases/seat_gaps.json": "\n".join(
                [
                    '[["..", 2], 1]',
                    '[["...", 2], 1]',
                    '[["....", 2], 2]',
                    '[["..X..", 2], 2]',
                    '[[".....", 3], 1]',
                    '[["......", 3], 2]',
                    '[["", 3], 0]',
                    '[["........", 2], 4]',
                    '[["...", 4], 7]',  # wrong, also for the fix
                ]
            ),
            "python_programs/last_item.py": LAST.format(".rest"),
            "correct_python_programs/last_item.py": LAST.format(""),
            "python_programs/node.py": CHAIN.format(CHAIN_REST),
            "python_testcases/node.py": CHAIN.format(CHAIN_REST),
            "python_testcases/test_last_item.py": LAST_TESTS,
            "python_programs/lonely.py": "def lonely():\n    return 1\n",
            "python_programs/untested.py": "def untested():\n    return 1\n",
            "correct_python_programs/untested.py": "def untested():\n    return 2\n",
            "python_programs/seat_gaps_test.py": "print('no program')\n",
        },
    )
    return folder


def test_programs_become_defects_that_hold(checkout: Path, tmp_path: Path):
    record = import_suite("quixbugs", checkout, tmp_path / "suite")
    assert_proved(tmp_path / "suite", "python/last-item", "python/seat-gaps")
    assert record["left_out"] == [
        {"name": "lonely", "reason": "has no correct_python_programs/lonely.py"},
        {
            "name": "untested",
            "reason": "has neither json_testcases/untested.json nor "
            "python_testcases/test_untested.py",
        },
    ]
    (defect,) = load_suite(tmp_path / "suite", ["python/seat-gaps"]).defects
    visible, everything = (cases(defect, tests) for tests in ("visible", "all"))
    # 2, 3, 5 and 8 fail before, 1, 4, 6 and 7 guard; 9 passes nowhere, so it tests nothing.
    assert (visible, everything - visible) == ({1, 2, 5, 6}, {3, 4, 7, 8})
    special = "    if len(row) in (3, 5):\n        return 1\n    count = run"
    patched = GAPS_BUGGY.replace("    count = run", special)
    assert verdict(defect, {"python_programs/seat_gaps.py": patched}) == "overfitting"


def cases(defect: Defect, tests: TestSet) -> set[int]:
    """The numbers of the cases among the test files."""
    paths = defect.content.test_files(tests)
    return {int(path[-6:-3]) for path in paths if "/test_case_" in path}


def test_another_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "src").mkdir()
    words = ["import", "quixbugs", str(tmp_path / "src"), str(tmp_path / "suite")]
    assert main(words) == 2
    assert "has no folder python_programs" in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {"src"}
