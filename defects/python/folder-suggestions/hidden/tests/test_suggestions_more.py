from fractions import Fraction

import pytest
from suggestions import Suggestions


@pytest.fixture
def suggestions():
    made = Suggestions()
    made.learn("a", "red red green")
    made.learn("b", "blue green green")
    made.learn("b", "blue blue black")
    return made


def exact(mail):
    """The probability of folder a."""
    a = Fraction(1, 3)
    b = Fraction(2, 3)
    for word in mail.split():
        a *= Fraction({"red": 3, "green": 2}.get(word, 1), 7)
        b *= Fraction({"blue": 4, "green": 3, "black": 2}.get(word, 1), 10)
    return float(a / (a + b))


@pytest.mark.parametrize(
    "mail",
    [
        "red",
        "green",
        "blue red",
        "green " * 3,
        "black blue green red",
        "red blue " * 600,
        "blue " * 900,
    ],
)
def test_probabilities(suggestions, mail):
    found = suggestions.probabilities(mail)
    assert found["a"] == pytest.approx(exact(mail), rel=1e-6, abs=1e-12)
    assert found["a"] + found["b"] == pytest.approx(1)


@pytest.mark.parametrize("times", [1, 10, 300, 3000])
def test_any_length(suggestions, times):
    assert suggestions.suggest("red green " * times, 0.5) == "a"
    assert suggestions.suggest("blue black " * times, 0.5) == "b"


def test_long_mails_that_are_undecided():
    made = Suggestions()
    made.learn("x", "one two")
    made.learn("y", "one two")
    mail = "one two " * 2000
    assert made.probabilities(mail) == pytest.approx({"x": 0.5, "y": 0.5})
    assert made.suggest(mail) is None


def test_no_known_words(suggestions):
    assert suggestions.probabilities("purple") == pytest.approx({"a": 1 / 3, "b": 2 / 3})
    assert suggestions.probabilities("") == pytest.approx({"a": 1 / 3, "b": 2 / 3})


def test_a_folder_that_is_gone(suggestions):
    suggestions.forget("b")
    assert suggestions.probabilities("blue " * 2000) == pytest.approx({"a": 1.0})
    suggestions.forget("a")
    assert suggestions.probabilities("blue") == {}
