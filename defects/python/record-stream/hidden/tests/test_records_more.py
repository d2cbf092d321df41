import pytest
from records import BadRecord, copy, read, values, write


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "data.jsonl"
    write(path, [{"n": number, "even": number % 2 == 0} for number in range(500)])
    return path


def test_many_records(path):
    assert [record["n"] for record in read(path)] == list(range(500))


def test_values(path):
    assert values(path, "even") == {True: 250, False: 250}
    assert values(path, "other") == {None: 500}


def test_copy(path, tmp_path):
    target = tmp_path / "copy.jsonl.gz"
    assert copy(path, target, lambda record: record["even"]) == 250
    assert copy(target, tmp_path / "again.jsonl") == 250
    assert [record["n"] for record in read(tmp_path / "again.jsonl")] == list(range(0, 500, 2))


def test_two_readers_at_the_same_time(path):
    pairs = list(zip(read(path), read(path), strict=True))
    assert all(one == other for one, other in pairs)
    assert len(pairs) == 500


def test_records_before_a_bad_line(tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"n": 1}\n\n{"n": "ü"}\n[3]\n{"n": 4}\n', encoding="utf-8")
    records = iter(read(path))
    assert next(records) == {"n": 1}
    assert next(records) == {"n": "ü"}
    with pytest.raises(BadRecord, match="bad.jsonl:4: not an object"):
        next(records)


def test_not_json(tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text("{n: 1}\n")
    with pytest.raises(BadRecord) as caught:
        list(read(path))
    assert caught.value.number == 1


def test_empty_files(tmp_path):
    (tmp_path / "empty.jsonl").write_text("\n")
    assert list(read(tmp_path / "empty.jsonl")) == []
