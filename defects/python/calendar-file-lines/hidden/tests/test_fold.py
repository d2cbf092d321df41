import pytest
from rooms.ics import fold

LINES = [
    "",
    "a" * 75,
    "a" * 76,
    "a" * 149,
    "a" * 150,
    "a" * 1000,
    "é" * 37,
    "é" * 38,
    "é" * 200,
    "日本語" * 40,
    "a" + "日" * 100,
    "ab" + "日" * 100,
    "🎉" * 50,
    "SUMMARY:" + "Sitzung über Größe, Maß und Ähnliches " * 6,
    "a" * 74 + "é",
    "a" * 73 + "é",
    "x" * 74 + " " * 10,
]


@pytest.mark.parametrize("line", LINES)
def test_no_line_is_too_long(line):
    for one in fold(line).split("\r\n"):
        assert len(one.encode()) <= 75


@pytest.mark.parametrize("line", LINES)
def test_unfolded_it_is_the_same(line):
    assert fold(line).replace("\r\n ", "") == line


@pytest.mark.parametrize("line", LINES)
def test_lines_are_used_up(line):
    for one in fold(line).split("\r\n")[:-1]:
        assert len(one.encode()) > 75 - 4


@pytest.mark.parametrize("line", [line for line in LINES if len(line.encode()) <= 75])
def test_short_lines_stay(line):
    assert fold(line) == line


def test_ascii():
    assert fold("a" * 80) == "a" * 75 + "\r\n " + "a" * 5
    assert fold("a" * 150) == "a" * 75 + "\r\n " + "a" * 74 + "\r\n a"
