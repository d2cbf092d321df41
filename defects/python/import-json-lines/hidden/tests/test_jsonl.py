import json

import pytest
from rowport import Column, RowError, Schema, convert, jsonl_format


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rows.jsonl"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_rows_come_back(path, count):
    rows = [{"id": number, "text": "é\n"} for number in range(count)]
    jsonl_format.write(path, ["id", "text"], rows)
    assert list(jsonl_format.read(path)) == rows


def test_blank_lines(path):
    path.write_text('\n{"a": 1}\n   \n\n{"a": 2}')
    assert [row["a"] for row in jsonl_format.read(path)] == [1, 2]


def test_rows_before_a_broken_line(path):
    path.write_text('{"a": 1}\n{"a": \n')
    rows = iter(jsonl_format.read(path))
    assert next(rows) == {"a": 1}
    with pytest.raises(json.JSONDecodeError):
        next(rows)


def test_two_readers(path):
    jsonl_format.write(path, ["a"], [{"a": 1}, {"a": 2}])
    first, second = jsonl_format.read(path), jsonl_format.read(path)
    assert next(first) == next(second) == {"a": 1}
    assert list(first) == list(second) == [{"a": 2}]


def test_to_itself(path):
    path.write_text('{"b": "x", "a": "1"}\n{"a": 2}\n')
    assert convert(path, path, Schema(Column("a", int), Column("b"))) == 2
    assert path.read_text() == '{"a": 1, "b": "x"}\n{"a": 2, "b": null}\n'


def test_bad_rows_leave_the_target(path, tmp_path):
    path.write_text('{"a": 1}\n{"a": "x"}\n')
    target = tmp_path / "rows.csv"
    target.write_text("before")
    with pytest.raises(RowError, match="row 2"):
        convert(path, target, Schema(Column("a", int)))
    assert target.read_text() == "before"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["rows.csv", "rows.jsonl"]
