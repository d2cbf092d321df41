import pytest

SHEET = """\
2024-05-06 09:00-12:30 website  header and footer
           13:15-17:00 support
2024-05-07 22:00-01:30 website  move to the new server
"""


def test_by_week(report):
    assert report(SHEET) == [
        "2024-W19             10:45",
        "  support             3:45",
        "  website             7:00",
    ]


def test_by_day(report):
    assert report(SHEET, "--by", "day", "--project", "website") == [
        "2024-05-06            3:30",
        "  website             3:30",
        "2024-05-07            2:00",
        "  website             2:00",
        "2024-05-08            1:30",
        "  website             1:30",
    ]


def test_one_project_by_month(report):
    assert report(SHEET, "--by", "month", "--project", "support") == [
        "2024-05               3:45",
        "  support             3:45",
    ]


def test_mistakes(report, capsys):
    with pytest.raises(SystemExit):
        report("2024-05-06 9-12 website\n")
    assert "sheet.txt:1: not an entry" in capsys.readouterr().err
