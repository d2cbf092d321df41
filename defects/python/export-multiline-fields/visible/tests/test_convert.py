import json

import pytest
from rowport import Column, RowError, Schema, convert

SHOPS = Schema(Column("name", required=True), Column("address"), Column("staff", int))


@pytest.fixture
def shops(tmp_path):
    def write(*rows):
        path = tmp_path / "shops.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return path

    return write


def test_to_csv(shops, tmp_path):
    source = shops({"name": "Tea, etc.", "staff": 3}, {"name": "Yarn", "address": "1 Mill Rd"})
    target = tmp_path / "shops.csv"
    assert convert(source, target, SHOPS) == 2
    assert target.read_bytes() == b'name,address,staff\r\n"Tea, etc.",,3\r\nYarn,1 Mill Rd,\r\n'


def test_there_and_back(shops, tmp_path):
    rows = [
        {"name": 'The "Ox"', "address": "2 High St\nOxford", "staff": 12},
        {"name": "Yarn", "address": "1 Mill Rd\r\nLeeds\r\nUK", "staff": None},
    ]
    convert(shops(*rows), tmp_path / "shops.csv", SHOPS)
    convert(tmp_path / "shops.csv", tmp_path / "again.jsonl", SHOPS)
    lines = (tmp_path / "again.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == rows


def test_a_row_that_does_not_fit(shops, tmp_path):
    source = shops({"name": "Yarn"}, {"name": "Tea", "staff": "many"})
    with pytest.raises(RowError, match="row 2: staff is no int: 'many'"):
        convert(source, tmp_path / "shops.csv", SHOPS)
    assert not (tmp_path / "shops.csv").exists()
