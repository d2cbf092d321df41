from datetime import datetime, time, timedelta

from nofridays import MonthlyFreeze, WeeklyFreeze, YearlyFreeze

WEEKEND = WeeklyFreeze("weekend", weekday=4, begins=time(14), lasts=timedelta(days=2, hours=18))
FRIDAY = datetime(2025, 3, 7, 14)
MONDAY = datetime(2025, 3, 10, 8)


def test_every_hour_of_a_week_sees_the_right_weekend():
    for hours in range(7 * 24):
        moment = MONDAY - timedelta(weeks=1) + timedelta(hours=hours)
        span = WEEKEND.next_span(moment)
        assert (span.start, span.end) == (FRIDAY, MONDAY), f"{moment:%A %H:%M}"


def test_the_books_close_at_the_end_of_the_month():
    span = MonthlyFreeze("closing", days=2).next_span(datetime(2024, 2, 10))
    assert (span.start, span.end) == (datetime(2024, 2, 28), datetime(2024, 3, 1))


def test_a_yearly_freeze_is_announced_months_ahead():
    skiing = YearlyFreeze("skiing", first=(12, 24), last=(1, 1))
    assert skiing.next_span(datetime(2025, 1, 2)).start == datetime(2025, 12, 24)


def test_a_yearly_freeze_may_cross_new_year():
    skiing = YearlyFreeze("skiing", first=(12, 24), last=(1, 1))
    for moment in (datetime(2024, 12, 31, 23), datetime(2025, 1, 1, 23)):
        span = skiing.next_span(moment)
        assert (span.start, span.end) == (datetime(2024, 12, 24), datetime(2025, 1, 2))
