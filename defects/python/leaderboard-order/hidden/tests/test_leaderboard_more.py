from itertools import permutations

from leaderboard import Score, best_per_player, ordered, ranked, table

SCORES = [
    Score("Zed", 40, 12.0),
    Score("amy", 40, 15.0),
    Score("Bea", 40, 15.0),
    Score("Cat", 40, 15.0),
    Score("dan", 0, 1.0),
    Score("Eli", 0, 1.0),
]


def test_any_order_of_arrival():
    for scores in permutations(SCORES):
        assert ordered(scores) == SCORES


def test_ranks():
    assert [rank for rank, _ in ranked(reversed(SCORES))] == [1, 2, 2, 2, 5, 5]


def test_negative_points():
    scores = [Score("b", -5), Score("a", -5), Score("c", -1)]
    assert [score.player for score in ordered(scores)] == ["c", "a", "b"]


def test_best_of_each():
    scores = [Score("b", 3, 9.0), Score("b", 3, 4.0), Score("a", 3, 4.0), Score("a", 1, 1.0)]
    assert best_per_player(scores) == [Score("a", 3, 4.0), Score("b", 3, 4.0)]


def test_the_last_row_of_a_short_table():
    rows = table(SCORES, limit=3).splitlines()
    assert [row.split()[1] for row in rows] == ["Zed", "amy", "Bea"]


def test_empty():
    assert table([]) == ""
