from leaderboard import Score, best_per_player, ranked, table


def names(scores):
    return [score.player for score in scores]


def test_most_points_come_first():
    scores = [Score("Ann", 10), Score("Bob", 30), Score("Cy", 20)]
    assert names(best_per_player(scores)) == ["Bob", "Cy", "Ann"]


def test_the_faster_of_equals_comes_first():
    scores = [Score("Ann", 10, 9.5), Score("Bob", 10, 7.0)]
    assert names(best_per_player(scores)) == ["Bob", "Ann"]


def test_equals_are_listed_by_name():
    scores = [Score("Zoe", 5), Score("Ann", 5), Score("Mia", 5)]
    assert [(rank, score.player) for rank, score in ranked(scores)] == [
        (1, "Ann"),
        (1, "Mia"),
        (1, "Zoe"),
    ]


def test_table():
    scores = [Score("Ann", 7, 1.25), Score("Ann", 12, 30.0), Score("Jo", 9, 8.0)]
    assert table(scores) == "  1. Ann     12    30.0 s\n  2. Jo       9     8.0 s"
