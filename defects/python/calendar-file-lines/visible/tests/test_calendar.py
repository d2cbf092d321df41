from datetime import datetime, timedelta

import pytest
from rooms import Booking, Desk

STAMP = datetime(2024, 5, 1, 12, 0)


@pytest.fixture
def calendar():
    """The lines of the calendar file with one booking."""

    def make(title):
        desk = Desk()
        desk.book(Booking("Elm", datetime(2024, 5, 6, 9), timedelta(hours=1), title))
        return desk.calendar("Elm", STAMP).split(b"\r\n")

    return make


def test_event(calendar):
    lines = calendar("Board")
    assert lines[3] == b"BEGIN:VEVENT"
    assert b"DTSTART:20240506T090000" in lines
    assert b"DTEND:20240506T100000" in lines
    assert b"SUMMARY:Board" in lines


def test_special_characters(calendar):
    assert rb"SUMMARY:Plans\, budgets\; etc.\nbring a pen" in calendar(
        "Plans, budgets; etc.\nbring a pen"
    )


def test_long_titles(calendar):
    lines = calendar("Quarterly review of everything that we have promised to everybody so far")
    assert max(map(len, lines)) == 75
    assert b" o far" in lines


def test_titles_with_accents(calendar):
    title = "Répétition générale de la présentation à l'équipe élargie, côté été où tout a changé"
    lines = calendar(title)
    assert max(map(len, lines)) <= 75
    text = b"\r\n".join(lines).replace(b"\r\n ", b"").decode()
    assert "SUMMARY:" + title.replace(",", "\\,") in text
