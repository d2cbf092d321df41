import pytest
from lookups import Memo, remembered

PEOPLE = {"ann": "Ann Lee", "bob": "Bob Ray"}


@pytest.fixture
def directory():
    asked = []

    def find(name):
        asked.append(name)
        return PEOPLE.get(name)

    find.asked = asked
    return find


def test_answers_are_remembered(directory):
    memo = Memo(directory)
    assert [memo.ask("ann") for _ in range(3)] == ["Ann Lee"] * 3
    assert directory.asked == ["ann"]
    assert memo.statistics.hits == 2


def test_a_full_memo(directory):
    memo = Memo(directory, size=1)
    for name in ("ann", "bob", "ann"):
        memo.ask(name)
    assert directory.asked == ["ann", "bob", "ann"]
    assert len(memo) == 1


def test_decorator():
    @remembered()
    def double(number):
        return 2 * number

    assert double(4) == double(4) == 8
    assert double.memo.statistics.rate == 0.5


def test_people_who_are_not_there(directory):
    memo = Memo(directory)
    assert memo.ask("eve") is None
    assert memo.ask("eve") is None
    assert directory.asked == ["eve"]
