import pytest
from shipper import Checkpoint, Shipper


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "app.log"
    path.write_bytes(b"one\ntwo\nthree\nfour\nfi")
    return path


@pytest.fixture
def checkpoint(tmp_path):
    return Checkpoint(tmp_path / "app.offset")


def test_batches(log, checkpoint):
    taken = []
    assert Shipper(log, checkpoint, taken.append, size=3).run() == 4
    assert taken == [["one", "two", "three"], ["four"]]


def test_only_what_is_new(log, checkpoint):
    taken = []
    shipper = Shipper(log, checkpoint, taken.append)
    shipper.run()
    log.write_bytes(log.read_bytes() + b"ve\n")
    assert shipper.run() == 1
    assert taken[-1] == ["five"]


def test_goes_on_where_the_sink_has_failed(log, checkpoint):
    def broken(lines):
        raise OSError("no route to host")

    with pytest.raises(OSError):
        Shipper(log, checkpoint, broken, size=2).run()
    taken = []
    Shipper(log, checkpoint, taken.append, size=2).run()
    assert taken == [["one", "two"], ["three", "four"]]
