import pytest
from rowport import Column, RowError, Schema, convert, formats

PARTS = Schema(Column("id", required=True), Column("grams", float), Column("stock", int, default=0))


def test_formats():
    assert formats() == [".csv", ".jsonl"]


def test_csv_to_json_lines(tmp_path):
    (tmp_path / "parts.csv").write_text("id,grams,colour\nM4,1.5,grey\nM5,,\n")
    assert convert(tmp_path / "parts.csv", tmp_path / "parts.jsonl", PARTS) == 2
    assert (tmp_path / "parts.jsonl").read_text().splitlines() == [
        '{"id": "M4", "grams": 1.5, "stock": 0}',
        '{"id": "M5", "grams": null, "stock": 0}',
    ]


def test_json_lines_to_csv(tmp_path):
    (tmp_path / "parts.jsonl").write_text('{"id": "M4", "grams": 2}\n\n{"id": "M5", "stock": 7}\n')
    assert convert(tmp_path / "parts.jsonl", tmp_path / "parts.csv", PARTS) == 2
    assert (tmp_path / "parts.csv").read_text().splitlines() == [
        "id,grams,stock",
        "M4,2.0,0",
        "M5,,7",
    ]


def test_a_part_without_a_name(tmp_path):
    (tmp_path / "parts.csv").write_text("id,grams\nM4,1\n,2\n")
    with pytest.raises(RowError, match="row 2: id is missing"):
        convert(tmp_path / "parts.csv", tmp_path / "parts.jsonl", PARTS)


def test_unknown_format(tmp_path):
    with pytest.raises(ValueError, match="parts.xls: not a known format"):
        convert(tmp_path / "parts.xls", tmp_path / "parts.csv", PARTS)
