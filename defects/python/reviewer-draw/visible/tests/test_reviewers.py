import random

from reviewers import Team, assignment


def team(*members):
    return Team(members, random.Random(7))


def test_authors_do_not_review_themselves():
    for _ in range(20):
        assert "ann" not in team("ann", "bob", "cy").draw("ann", 1)


def test_two_people_look_at_a_change():
    reviewers = team("ann", "bob", "cy")
    for _ in range(20):
        assert reviewers.draw("ann") == ["bob", "cy"]


def test_nobody_is_there():
    reviewers = team("ann", "bob")
    reviewers.away.add("bob")
    assert assignment(reviewers, {"Fix login": "ann"}) == "Fix login: nobody is there"
