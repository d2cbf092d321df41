from datetime import datetime

import pytest
from invitations import Meeting, invitation, invitations, zone

CALL = Meeting("Call", datetime(2024, 12, 31, 23, 30, tzinfo=zone("UTC")), minutes=45)


@pytest.mark.parametrize(
    ("offset", "text"),
    [
        ("UTC", "Call: Tue 31 Dec 23:30 to Wed 01 Jan 00:15"),
        ("UTC+1", "Call: Wed 01 Jan 00:30 to 01:15"),
        ("UTC+5:45", "Call: Wed 01 Jan 05:15 to 06:00"),
        ("UTC-0330", "Call: Tue 31 Dec 20:00 to 20:45"),
        ("UTC-11", "Call: Tue 31 Dec 12:30 to 13:15"),
    ],
)
def test_zones(offset, text):
    assert invitation(CALL, offset) == text


def test_organisers_in_other_zones():
    start = datetime(2024, 6, 1, 1, 0, tzinfo=zone("UTC+9"))
    assert invitations(Meeting("Sync", start, 30), {"Ann": "UTC-7", "Ben": "UTC+9"}) == {
        "Ann": "Sync: Fri 31 May 09:00 to 09:30",
        "Ben": "Sync: Sat 01 Jun 01:00 to 01:30",
    }


def test_meetings_after_each_other():
    later = Meeting("Next", datetime(2025, 1, 1, 1, 15, tzinfo=zone("UTC+1")))
    assert not CALL.overlaps(later)
    assert not later.overlaps(CALL)


@pytest.mark.parametrize("text", ["", "+1", "UTC+", "UTC1", "CET", "UTC+1:75"])
def test_no_zones(text):
    with pytest.raises(ValueError):
        zone(text)
