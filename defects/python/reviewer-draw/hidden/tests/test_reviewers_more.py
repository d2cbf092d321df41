import random
from collections import Counter

import pytest
from reviewers import Team, assignment

MEMBERS = ["ann", "bob", "cy", "dot", "eve", "fay", "gus"]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 9])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_all_different(seed, count):
    team = Team(MEMBERS, random.Random(seed))
    for _ in range(15):
        drawn = team.draw("dot", count)
        assert len(drawn) == min(count, 6)
        assert len(set(drawn)) == len(drawn)
        assert set(drawn) <= set(MEMBERS) - {"dot"}


def test_everybody_gets_about_as_many():
    team = Team(MEMBERS, random.Random(3))
    for turn in range(70):
        team.draw(MEMBERS[turn % 7], 2)
    assert sum(team.reviews.values()) == 140
    assert max(team.reviews.values()) - min(team.reviews.values()) <= 4


def test_the_draw_is_not_always_the_same():
    draws = {tuple(Team(MEMBERS, random.Random(seed)).draw("ann")) for seed in range(40)}
    assert len(draws) > 1


def test_reviews_are_counted():
    team = Team(["ann", "bob", "cy"], random.Random(1))
    text = assignment(team, {"One": "ann", "Two": "bob"})
    assert text == "One: bob and cy\nTwo: ann and cy"
    assert team.reviews == Counter(cy=2, bob=1, ann=1)


def test_none_wanted():
    assert list(Team(MEMBERS, random.Random(1)).draw("ann", 0)) == []
