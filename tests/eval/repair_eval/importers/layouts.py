"""Small suites in the layouts of public benchmarks; the programs in them were written for these
tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from git import Actor, Repo

from tests.eval.repair_eval.copies import write

AUTHOR = Actor("Ada", "ada@example.org")

GAPS = '''def seat_gaps(row, size):
    """How many groups of `size` empty seats ("." in `row`) can sit together, side by side."""
    count = run = 0
    for seat in row:
        run = run + 1 if seat == "." else 0
        if run == size:
            count += 1
            run = {reset}
    return count
'''
GAPS_BUGGY, GAPS_FIXED = GAPS.format(reset="1"), GAPS.format(reset="0")


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write texts below a folder."""
    for name, text in files.items():
        write(folder / name, text)


def commit(repo: Repo, files: Mapping[str, str | None], message: str) -> str:
    """Write files (None removes one) and commit them; the id."""
    folder = Path(repo.working_dir)
    for name, text in files.items():
        if text is None:
            repo.index.remove([name], working_tree=True)
        else:
            write(folder / name, text)
            repo.index.add([name])
    date = "2024-05-06T05:08:09 +0200"  # GitPython takes the time to be UTC's
    made = repo.index.commit(
        message, author=AUTHOR, committer=AUTHOR, author_date=date, commit_date=date
    )
    return made.hexsha


TARIFF = '''"""Parcel prices."""


def price(grams, express=False):
    """2.50 up to 500 g, then 0.80 for every 250 g begun; express is twice that."""
    base = 250
    if grams > 500:
        base += 80 * {steps}
    return base * 2 if express else base


def label(grams):
    """The price as it is printed."""
    cents = price(grams)
    return f"{{cents // 100}}.{{cents % 100:02}}"
'''
TARIFF_BUGGY = TARIFF.format(steps="((grams - 500) // 250)")
TARIFF_FIXED = TARIFF.format(steps="-(-(grams - 500) // 250)")
TARIFF_TESTS = """from tariff import label, price


def test_small():
    assert price(500) == 250


def test_small_express():
    assert price(20, express=True) == 500
"""
TARIFF_MORE = (
    TARIFF_TESTS
    + """

def test_a_step_that_has_begun():
    assert price(501) == 330


def test_label():
    assert label(600) == "3.30"
"""
)


def parcel_project(folder: Path) -> tuple[str, str]:
    """A repository of a bug and its fix, with the tests: the commits before and after."""
    with Repo.init(folder, initial_branch="main") as repo:
        before = commit(
            repo,
            {
                "src/tariff.py": TARIFF_BUGGY,
                "tests/test_tariff.py": TARIFF_TESTS,
                "CHANGES": "none\n",
            },
            "Parcel prices",
        )
        after = commit(
            repo,
            {
                "src/tariff.py": TARIFF_FIXED,
                "tests/test_tariff.py": TARIFF_MORE,
                "CHANGES": "steps\n",
            },
            'Charge for a step that has "begun".\n\nIt was free until it was full.',
        )
    return before, after


def diff(repository: Path, before: str, after: str, *paths: str) -> str:
    """The unified diff of some files between two commits."""
    with Repo(repository) as repo:
        return str(repo.git.diff(before, after, "--", *paths, strip_newline_in_stdout=False))


def write_lines(path: Path, *rows: object) -> Path:
    """JSON lines; a text is written as it is."""
    texts = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    write(path, "".join(f"{text}\n" for text in texts))
    return path
