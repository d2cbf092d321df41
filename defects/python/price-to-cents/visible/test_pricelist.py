import pytest
from pricelist import changes, read_prices, to_cents, to_text


def test_to_cents():
    assert to_cents("12.50") == 1250
    assert to_cents(" 1'000 ") == 100000


def test_to_text():
    assert to_text(123456789) == "1,234,567.89"
    assert to_text(-5) == "-0.05"


def test_a_list():
    lines = ["# spring", "4711; Desk lamp; 19.99", "", "4712; Bulb; 4.35"]
    assert read_prices(lines) == {"4711": 1999, "4712": 435}


def test_changes():
    assert changes({"a": 100, "b": 200}, {"b": 250, "c": 1}) == ["b: 2.00 -> 2.50"]


def test_no_price():
    with pytest.raises(ValueError, match="line 2: not a price: 'free'"):
        read_prices(["a; Cup; 1", "b; Spoon; free"])
