import pytest
from rowport import csv_format

TEXTS = ["a\r\nb", "a\nb", "a\rb", "\r\n", "a\r\n\r\nb", "\n", "a\r\n", 'x "y"\r\n,z', "a\n\rb"]


@pytest.mark.parametrize("text", TEXTS)
def test_texts_come_back(tmp_path, text):
    path = tmp_path / "a.csv"
    rows = [{"one": text, "two": "x"}, {"one": "y", "two": text}]
    csv_format.write(path, ["one", "two"], rows)
    assert list(csv_format.read(path)) == rows


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_files_of_other_systems(tmp_path, end):
    path = tmp_path / "a.csv"
    path.write_bytes(end.join(["name,note", 'a,"1\r\n2"', "b,", ""]).encode())
    assert list(csv_format.read(path)) == [
        {"name": "a", "note": "1\r\n2"},
        {"name": "b", "note": ""},
    ]


def test_no_rows(tmp_path):
    path = tmp_path / "a.csv"
    csv_format.write(path, ["name"], [])
    assert path.read_bytes() == b"name\r\n"
    assert list(csv_format.read(path)) == []


def test_other_alphabets(tmp_path):
    path = tmp_path / "a.csv"
    rows = [{"name": "Žižkov\r\nПрага"}]
    csv_format.write(path, ["name"], rows)
    assert list(csv_format.read(path)) == rows
