import pytest
from basket import Article, Basket, Discount

TEA = Article("T1", 450, 100)
CUP = Article("C1", 1200, 350)


def test_total():
    basket = Basket()
    basket.add(TEA, 2)
    basket.add(CUP)
    assert basket.total == 2100
    assert basket.weight == 550


def test_the_best_discount_counts():
    basket = Basket((Discount(5, 0), Discount(10, 2000)))
    basket.add(CUP)
    assert basket.total == 1140
    basket.add(CUP)
    assert basket.total == 2160


def test_changing_ones_mind():
    basket = Basket()
    basket.add(TEA)
    basket.add(CUP)
    assert basket.total == 1650
    basket.remove(CUP)
    assert basket.total == 450
    basket.change(TEA, 3)
    assert basket.total == 1350


def test_what_is_not_there_cannot_be_changed():
    with pytest.raises(ValueError):
        Basket().change(TEA, 1)
