import pytest
from survey import percentages, table, tally


def test_tally():
    answers = ["Yes", "no", " yes ", "perhaps"]
    assert tally(answers, ["yes", "no"]) == {"yes": 2, "no": 1, "other": 1}


def test_table():
    assert table({"yes": 3, "no": 1}, width=9) == "yes  75% #########\nno   25% ###"


def test_thirds():
    assert percentages([1, 1, 1]) == [34, 33, 33]


def test_no_answers():
    assert percentages([0, 0]) == [0, 0]
    with pytest.raises(ValueError):
        percentages([1, -1])
