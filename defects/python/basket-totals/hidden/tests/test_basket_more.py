import pytest
from basket import Article, Basket, Discount

TEA = Article("T1", 450, 100)
CUP = Article("C1", 1200, 350)


@pytest.fixture
def basket():
    made = Basket((Discount(10, 3000),))
    made.add(TEA, 2)
    made.add(CUP, 2)
    assert made.total == 2970
    return made


@pytest.mark.parametrize(("quantity", "total"), [(0, 2400), (1, 2850), (2, 2970), (5, 4185)])
def test_change(basket, quantity, total):
    basket.change(TEA, quantity)
    assert basket.total == total
    assert basket.total == total


def test_remove(basket):
    basket.remove(CUP)
    assert basket.total == 900
    basket.remove(TEA)
    assert basket.total == 0
    assert len(basket) == 0


def test_several_changes_without_asking(basket):
    basket.change(CUP, 1)
    basket.remove(TEA)
    basket.add(TEA, 4)
    assert basket.total == 2700
    basket.change(TEA, 1)
    basket.change(CUP, 3)
    assert basket.total == 3645


def test_what_fails_changes_nothing(basket):
    with pytest.raises(ValueError):
        basket.change(TEA, -1)
    with pytest.raises(KeyError):
        basket.remove(Article("X", 1))
    assert basket.total == 2970
    assert dict(basket) == {TEA: 2, CUP: 2}
