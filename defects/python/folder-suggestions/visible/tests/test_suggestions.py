import pytest
from suggestions import Suggestions, words


@pytest.fixture
def suggestions():
    made = Suggestions()
    made.learn("invoices", "Your invoice: the amount is payable within thirty days")
    made.learn("invoices", "Second reminder, invoice not paid")
    made.learn("travel", "Your flight to Oslo, gate and seat")
    return made


def test_words():
    assert words("Re: 2 Tickets to Malmö!") == ["tickets", "malmö"]


def test_a_short_mail(suggestions):
    assert suggestions.suggest("Invoice amount for March") == "invoices"
    assert suggestions.suggest("Seat for your flight") == "travel"


def test_a_long_mail(suggestions):
    assert suggestions.suggest("The flight to Oslo leaves from another gate. " * 100) == "travel"


def test_probabilities(suggestions):
    probabilities = suggestions.probabilities("invoice")
    assert sum(probabilities.values()) == pytest.approx(1)
    assert probabilities["invoices"] == pytest.approx(0.8214, abs=1e-4)


def test_nothing_learnt():
    assert Suggestions().suggest("Invoice") is None
