import pytest
from rowport import Column, RowError, Schema, convert

STOCK = Schema(
    Column("article", required=True),
    Column("count", int, required=True),
    Column("shelf", default="?"),
)


def converted(tmp_path, source, text):
    (tmp_path / source).write_text(text)
    convert(tmp_path / source, tmp_path / "out.csv", STOCK)
    return (tmp_path / "out.csv").read_text().splitlines()[1:]


def test_from_csv(tmp_path):
    text = "article,count,shelf\nnut,0,A1\nbolt,12,\n"
    assert converted(tmp_path, "in.csv", text) == ["nut,0,A1", "bolt,12,?"]


def test_from_json(tmp_path):
    text = '{"article": "nut", "count": 3}\n{"article": "bolt", "count": 0, "shelf": "B2"}\n'
    assert converted(tmp_path, "in.jsonl", text) == ["nut,3,?", "bolt,0,B2"]


@pytest.mark.parametrize("row", ['{"article": "nut"}', '{"article": "nut", "count": null}'])
def test_counts_are_required(tmp_path, row):
    with pytest.raises(RowError, match="row 1: count is missing"):
        converted(tmp_path, "in.jsonl", row)


def test_counts_are_numbers(tmp_path):
    with pytest.raises(RowError, match="row 1: count is no int: 'few'"):
        converted(tmp_path, "in.csv", "article,count\nnut,few\n")
