import pytest
from pricelist import read_prices, to_cents, to_text


def test_every_price_below_a_hundred():
    wrong = [
        cents for cents in range(10_000) if to_cents(f"{cents // 100}.{cents % 100:02}") != cents
    ]
    assert wrong == []


@pytest.mark.parametrize("start", [1_000_00, 65_535_99, 999_999_00, 9_999_999_00])
def test_large_prices(start):
    for cents in range(start, start + 100):
        assert to_cents(to_text(cents)) == cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0),
        ("0.01", 1),
        ("0.1", 10),
        ("2.3", 230),
        ("1 129.6", 112960),
        ("1,129.60", 112960),
        ("000.29", 29),
    ],
)
def test_spellings(text, cents):
    assert to_cents(text) == cents


@pytest.mark.parametrize("text", ["", ".5", "1.", "1.234", "1,23", "-1", "1e3", "12,34.00"])
def test_no_prices(text):
    with pytest.raises(ValueError):
        to_cents(text)


def test_lines_with_too_few_fields():
    with pytest.raises(ValueError, match="line 1"):
        read_prices(["4711; 19.99"])
