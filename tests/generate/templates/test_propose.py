"""What `propose` promises, whatever the templates are."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

import pytest

from repairlsp.generate.templates import propose
from repairlsp.source import SourceText
from repairlsp.types import Candidate, LineSpan, RepairContext

_MERGE = '''\
import math


def spread(values, low=0, high=None):
    """Distance of the outermost values, within bounds."""
    if not values:
        return 0
    top = max(values)
    bottom = min(values)
    if high is not None and top > high:
        top = high
    if bottom < low:
        bottom = low
    return math.floor(top - bottom)


class Counter:
    def __init__(self):
        self.seen = {}
        self.total = 0

    @staticmethod
    def key(word):
        return word.strip()

    async def add(self, word):
        def bump(count):
            return count + 1

        self.seen[word] = bump(self.seen.get(word, 0))
        self.total += 1
        return self.seen[word]
'''


def _candidates(
    text: str, first: int, last: int, marks: Mapping[int, float] | None = None, limit: int = 2000
) -> list[Candidate]:
    source = SourceText.from_text(text)
    span = LineSpan(first, last + 1)
    lines = source.lines[first - 1 : last]
    context = RepairContext("pkg/m.py", "f", span, lines, marks or {})
    return list(propose(source, context, limit=limit))


def _texts(text: str, candidates: list[Candidate]) -> list[str]:
    source = SourceText.from_text(text)
    return [source.apply(candidate.edits).text for candidate in candidates]


def test_hundreds_of_candidates_for_a_function_likeliest_first() -> None:
    candidates = _candidates(_MERGE, 4, 14)
    assert 200 < len(candidates) < 2000
    scores = [candidate.score for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    assert len(set(_texts(_MERGE, candidates))) == len(candidates)
    assert {candidate.edits[0].path for candidate in candidates} == {"pkg/m.py"}
    assert all(candidate.source.startswith("template:") for candidate in candidates)


def test_the_order_is_the_same_every_time() -> None:
    assert _candidates(_MERGE, 4, 14) == _candidates(_MERGE, 4, 14)


def test_the_limit_is_kept_and_cuts_the_tail() -> None:
    assert _candidates(_MERGE, 4, 14, limit=20) == _candidates(_MERGE, 4, 14)[:20]


def test_candidates_come_one_by_one() -> None:
    source = SourceText.from_text(_MERGE)
    context = RepairContext("m.py", "spread", LineSpan(4, 15), source.lines[3:14])
    assert len(list(islice(propose(source, context), 3))) == 3


def test_only_marked_lines_and_the_def_line_are_suspicious() -> None:
    candidates = _candidates(_MERGE, 4, 14, {10: 1.0})
    touched = [candidate.edits[0].span for candidate in candidates]
    # Line 10 is an `if`: its block and its neighbours may move or be guarded with it.
    assert all(span.start in (4, 6, 9, 10, 11, 12) for span in touched)
    assert sum(10 in span or span == (10, 10) for span in touched) > len(touched) / 2


def test_the_more_suspicious_line_comes_first() -> None:
    candidates = _candidates(_MERGE, 4, 14, {10: 0.1, 12: 1.0})
    assert 12 in candidates[0].edits[0].span
    assert any(10 in candidate.edits[0].span for candidate in candidates)


def test_a_marked_else_belongs_to_its_if() -> None:
    text = "def f(x):\n    if x > 1:\n        y = 1\n    else:\n        y = 2\n    return y\n"
    fixed = text.replace("x > 1", "x >= 1")
    assert fixed in _texts(text, _candidates(text, 1, 6, {4: 1.0}))


@pytest.mark.parametrize(
    ("first", "last", "old", "new"),
    [
        (22, 24, "word.strip()", "word.rstrip()"),
        (26, 32, "count + 1", "count - 1"),
        (26, 32, "self.total += 1", "self.total -= 1"),
        (26, 32, "return self.seen[word]", "return self.seen"),
        (18, 20, "self.seen = {}", "self.seen = []"),
    ],
)
def test_methods_nested_async_and_decorated_functions(
    first: int, last: int, old: str, new: str
) -> None:
    assert _MERGE.replace(old, new) in _texts(_MERGE, _candidates(_MERGE, first, last))


def test_lines_outside_any_function() -> None:
    text = "limit = 10\nsizes = [n for n in range(limit) if n > 2]\nprint(sizes)\n"
    assert text.replace("n > 2", "n >= 2") in _texts(text, _candidates(text, 2, 2))


def test_columns_count_bytes() -> None:
    text = "def f(é, ü):\n    return 'ß€😀', é < ü, é\n"
    texts = _texts(text, _candidates(text, 1, 2))
    assert text.replace("é < ü", "é <= ü") in texts
    assert text.replace("é < ü, é", "é < ü, ü") in texts


def test_line_ends_and_indentation_stay() -> None:
    text = "def f(x):\r\n\tif x < 1:\r\n\t\treturn x.a\r\n\treturn 0\r\n"
    texts = _texts(text, _candidates(text, 1, 4))
    assert text.replace("<", "<=") in texts
    assert "def f(x):\r\n\tif x is None:\r\n\t\treturn 0\r\n\tif x < 1:" in "".join(texts)
    assert not any("\n" in new.replace("\r\n", "") for new in texts)


def test_inside_an_f_string_the_right_expression_changes() -> None:
    text = "def f(a, b):\n    return f'{a} of {b:>{a}} {a + 1}'\n"
    texts = _texts(text, _candidates(text, 1, 2))
    assert text.replace("{a + 1}", "{a}") in texts
    for new in texts:
        compile(new, "m.py", "exec")


def test_text_after_a_statement_on_its_line_stays() -> None:
    text = "def f(x):\n    x.a(); x.b()  # both\n    return x\n"
    for new in _texts(text, _candidates(text, 1, 3)):
        if new.count("\n") == 3:
            assert "x.b" in new or "# both" in new


def test_an_empty_file_has_no_candidates() -> None:
    assert _candidates("", 1, 0) == []
