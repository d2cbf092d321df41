from datetime import datetime

import pytest
from invitations import Meeting, invitation, zone

PLAN = Meeting("Plan", datetime(2024, 3, 5, 14, 0, tzinfo=zone("UTC+1")))


def test_at_the_organisers():
    assert invitation(PLAN, "UTC+1") == "Plan: Tue 05 Mar 14:00 to 15:00"


def test_in_another_zone():
    assert invitation(PLAN, "UTC-5") == "Plan: Tue 05 Mar 08:00 to 09:00"


def test_overlap():
    other = Meeting("Lunch", datetime(2024, 3, 5, 8, 30, tzinfo=zone("UTC-5")))
    assert PLAN.overlaps(other)


def test_a_start_without_a_zone():
    with pytest.raises(ValueError):
        Meeting("Plan", datetime(2024, 3, 5))
