import pytest
from hours.__main__ import main
from hours.reader import SheetError, read_sheet


def lines(capsys, *arguments):
    main([str(argument) for argument in arguments])
    return capsys.readouterr().out.splitlines()


@pytest.fixture
def may(tmp_path):
    path = tmp_path / "may.txt"
    path.write_text(
        "2024-05-06 09:00-12:30 website  header\n"
        "           13:00-15:00 support\n"
        "2024-05-13 09:00-17:00 website\n"
    )
    return path


def test_two_weeks(may, capsys):
    assert lines(capsys, may) == [
        "2024-W19              5:30",
        "  support             2:00",
        "  website             3:30",
        "2024-W20              8:00",
        "  website             8:00",
    ]


def test_the_week_of_new_year(tmp_path, capsys):
    path = tmp_path / "winter.txt"
    path.write_text("2024-12-30 09:00-12:00 website\n2025-01-02 09:00-10:00 website\n")
    assert lines(capsys, path) == ["2025-W01              4:00", "  website             4:00"]


def test_by_month(may, capsys):
    assert lines(capsys, may, "--by", "month", "--project", "website") == [
        "2024-05              11:30",
        "  website            11:30",
    ]


def test_the_first_entry_needs_a_day():
    with pytest.raises(SheetError, match="^1: "):
        list(read_sheet(["  09:00-10:00 website"]))
