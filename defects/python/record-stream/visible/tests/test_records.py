import pytest
from records import read, write

RECORDS = [{"sensor": "a", "value": 1}, {"sensor": "b", "value": 2}, {"sensor": "a", "value": 3}]


def test_write(tmp_path):
    path = tmp_path / "data.jsonl"
    assert write(path, RECORDS[:1]) == 1
    assert path.read_text() == '{"sensor": "a", "value": 1}\n'


@pytest.mark.parametrize("name", ["data.jsonl", "data.jsonl.gz"])
def test_read_what_was_written(tmp_path, name):
    write(tmp_path / name, RECORDS)
    assert list(read(tmp_path / name)) == RECORDS


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        list(read(tmp_path / "none.jsonl"))


def test_an_empty_list(tmp_path):
    assert write(tmp_path / "empty.jsonl", []) == 0
