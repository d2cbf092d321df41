import calendar
from datetime import date

import pytest
from renewals import Subscription, renew_due


@pytest.mark.parametrize("day", [1, 15, 28, 29, 30, 31])
@pytest.mark.parametrize("months", [1, 2, 3, 6, 12])
def test_the_day_of_the_month_stays(day, months):
    subscription = Subscription("ann", date(2024, 1, day), months)
    for period in range(1, 40):
        year, month = divmod(period * months, 12)
        last = calendar.monthrange(2024 + year, month + 1)[1]
        assert subscription.due == date(2024 + year, month + 1, min(day, last))
        subscription.renew()


def test_from_a_leap_day():
    subscription = Subscription("ann", date(2024, 2, 29), 12)
    assert [due.isoformat() for due in subscription.upcoming(4)] == [
        "2025-02-28",
        "2026-02-28",
        "2027-02-28",
        "2028-02-29",
    ]


def test_upcoming_changes_nothing():
    subscription = Subscription("ann", date(2023, 10, 31))
    first = subscription.upcoming(6)
    assert subscription.upcoming(6) == first
    assert subscription.due == date(2023, 11, 30)
    subscription.renew()
    assert subscription.upcoming(5) == first[1:]
    assert subscription.renew() == date(2024, 1, 31)


def test_what_is_long_overdue():
    late = Subscription("ann", date(2022, 12, 31))
    assert renew_due([late], date(2023, 6, 30)) == [late]
    assert late.due == date(2023, 7, 31)
    assert renew_due([late], date(2023, 7, 30)) == []


def test_a_failed_renewal_changes_nothing():
    subscription = Subscription("ann", date(2023, 1, 31))
    subscription.cancelled = True
    with pytest.raises(ValueError):
        subscription.renew()
    assert subscription.upcoming(3) == []
    subscription.cancelled = False
    assert subscription.upcoming(2) == [date(2023, 2, 28), date(2023, 3, 31)]


def test_none_asked_for():
    assert Subscription("ann", date(2023, 1, 1)).upcoming(0) == []
    with pytest.raises(ValueError):
        Subscription("ann", date(2023, 1, 1), 0)
