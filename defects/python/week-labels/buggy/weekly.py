"""Weekly totals of working hours."""

from collections import defaultdict
from datetime import date, timedelta


def week_label(day):
    """The ISO week of a day, as `2024-W09`. Labels sort by time.

    Weeks begin on Monday, and belong to the year that has most of their days.
    """
    return day.strftime("%Y-W%V")


def week_start(label):
    """The Monday of a week. ValueError for what is no label."""
    year, _, week = label.partition("-W")
    return date.fromisocalendar(int(year), int(week), 1)


def weekly_totals(entries):
    """{label: hours} of (day, hours), in order of the weeks. Weeks in between have 0."""
    hours = defaultdict(float)
    for day, worked in entries:
        hours[week_label(day)] += worked
    if not hours:
        return {}
    totals = {}
    monday, last = week_start(min(hours)), week_start(max(hours))
    while monday <= last:
        label = week_label(monday)
        totals[label] = hours.get(label, 0.0)
        monday += timedelta(weeks=1)
    return totals


def overtime(entries, contract=40.0):
    """The hours beyond the contract, summed over all weeks of the entries, short weeks included."""
    return sum(total - contract for total in weekly_totals(entries).values())


def report(entries):
    """Text with a line for each week."""
    return "\n".join(
        f"{label} ({week_start(label):%d %b}) {total:6.2f}"
        for label, total in weekly_totals(entries).items()
    )
