"""Two edits at once: all pairs, the best first, none that cannot be made together."""

from __future__ import annotations

from itertools import combinations, islice
from random import Random

from repairlsp.generate.pairs import pairs, with_half
from repairlsp.source import SourceText
from repairlsp.types import Candidate, Edit, LineSpan


def _single(score: float, line: int, end: int | None = None, path: str = "a.py") -> Candidate:
    span = LineSpan(line, line + 1 if end is None else end)
    return Candidate((Edit(path, span, (f"{score}",)),), f"template:{line}", score=score)


def test_all_pairs_of_a_function_come_best_first() -> None:
    rng = Random(5)
    singles = [_single(-rng.random() * 9, line) for line in range(1, 13)]
    found = list(pairs([singles]))
    scores = [candidate.score for candidate in found]
    assert scores == sorted(scores, reverse=True)
    expected = {frozenset((*a.edits, *b.edits)) for a, b in combinations(singles, 2)}
    assert {frozenset(candidate.edits) for candidate in found} == expected
    assert len(found) == len(expected)


def test_edits_of_the_same_lines_are_no_pair() -> None:
    singles = [_single(-1, 3), _single(-2, 3), _single(-3, 2, 4), _single(-4, 4), _single(-5, 4, 4)]
    found = [tuple(edit.span for edit in candidate.edits) for candidate in pairs([singles])]
    line, two_lines, after, before_after = (
        LineSpan(3, 4),
        LineSpan(2, 4),
        LineSpan(4, 5),
        LineSpan(4, 4),
    )
    assert sorted(found) == [
        (two_lines, before_after),
        (two_lines, after),
        (line, before_after),
        (line, before_after),
        (line, after),
        (line, after),
    ]


def test_pairs_can_be_applied() -> None:
    source = SourceText.from_text("".join(f"{n}\n" for n in range(1, 9)))
    spans = [(1, 2), (2, 2), (2, 3), (3, 6), (6, 6), (8, 9), (9, 9)]
    singles = [_single(-n, *span) for n, span in enumerate(spans)]
    for candidate in pairs([singles]):
        assert source.apply(candidate.edits) != source


def test_edits_of_two_functions_are_paired_only_with_a_half() -> None:
    first, second = [_single(-1, 1), _single(-2, 2)], [_single(-1, 11), _single(-3, 12)]
    assert {pair.source for pair in pairs([first, second])} == {"template:1+2", "template:11+12"}
    found = list(with_half(_single(-6, 2), -0.5, [*first, *second]))
    assert [pair.source for pair in found] == ["template:2+1", "template:2+11", "template:2+12"]
    assert [pair.score for pair in found] == [-1.5, -1.5, -3.5]


def test_files_are_no_obstacle() -> None:
    half = _single(-1, 1, path="b.py")
    (found,) = with_half(half, -0.5, [_single(-1, 1)])
    assert [edit.path for edit in found.edits] == ["a.py", "b.py"]


def test_a_million_pairs_cost_nothing_before_they_are_asked_for() -> None:
    singles = [_single(-line / 100, line) for line in range(1, 20_001)]
    assert len(list(islice(pairs([singles]), 5))) == 5
    assert len(list(pairs([singles], limit=100))) == 100


def test_the_model_is_named() -> None:
    ours = Candidate((Edit("a.py", LineSpan(1, 2), ()),), "model", score=-1.0)
    more = Candidate((Edit("a.py", LineSpan(5, 6), ()),), "model", score=-1.0)
    sources = [one.source for one in pairs([[ours, more, _single(-9, 3)]])]
    assert sources == ["model", "template:model+3", "template:model+3"]


def test_one_single_makes_no_pair() -> None:
    assert list(pairs([[_single(-1, 1)], []])) == []
