from datetime import date

import pytest
from renewals import Subscription, add_months, renew_due


def test_add_months():
    assert add_months(date(2024, 11, 15), 3) == date(2025, 2, 15)
    assert add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)


def test_renew():
    subscription = Subscription("ann", date(2024, 3, 10))
    assert subscription.due == date(2024, 4, 10)
    assert subscription.renew() == date(2024, 5, 10)


def test_from_the_last_day_of_january():
    subscription = Subscription("ann", date(2023, 1, 31))
    assert subscription.upcoming(3) == [date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 30)]


def test_overdue():
    late = Subscription("ann", date(2024, 1, 5), months=3)
    assert renew_due([late, Subscription("bob", date(2024, 8, 1))], date(2024, 8, 20)) == [late]
    assert late.due == date(2024, 10, 5)


def test_cancelled():
    subscription = Subscription("ann", date(2024, 1, 5))
    subscription.cancelled = True
    with pytest.raises(ValueError):
        subscription.renew()
