"""Which lines a test must execute for an edit to matter to it."""

from repairlsp.source import SourceText
from repairlsp.types import CoveredLine
from repairlsp.validate.reach import changed_bodies
from repairlsp.validate.region import changed_region

SOURCE = '''\
def nothing(x):
    """What it returns is missing."""


def double(x):
    """Twice x."""
    return x + 2
'''


def bodies(old, new):
    before, after = (SourceText.from_text(text) for text in (SOURCE, SOURCE.replace(old, new)))
    return changed_bodies({"m.py": changed_region(before, after)})


def test_a_functions_body():
    assert bodies("x + 2", "x * 2") == {CoveredLine("m.py", line) for line in (6, 7)}


def test_a_function_that_does_nothing_has_no_line_of_its_own():
    missing = '"""What it returns is missing."""'
    assert bodies(missing, f"{missing}\n    return x") is None
