import pytest
from shipper import Checkpoint, Shipper


class Flaky:
    """Takes batches, but not those whose numbers are in `fails`."""

    def __init__(self, fails):
        self.fails = fails
        self.calls = 0
        self.taken = []

    def __call__(self, lines):
        self.calls += 1
        if self.calls in self.fails:
            raise OSError("unavailable")
        self.taken.extend(lines)


@pytest.mark.parametrize("fails", [{1}, {2}, {3}, {1, 2, 3}, {2, 4}, {1, 3, 5}, set()])
def test_every_line_arrives_once_and_in_order(tmp_path, fails):
    lines = [f"line {number}" for number in range(7)]
    (tmp_path / "log").write_text("".join(f"{line}\n" for line in lines))
    sink = Flaky(fails)
    shipper = Shipper(tmp_path / "log", Checkpoint(tmp_path / "offset"), sink, size=2)
    for _ in range(10):
        try:
            shipper.run()
        except OSError:
            continue
    assert sink.taken == lines


def test_what_was_taken_before_the_error_is_not_shipped_again(tmp_path):
    (tmp_path / "log").write_text("a\nb\nc\n")
    checkpoint = Checkpoint(tmp_path / "offset")
    sink = Flaky({2})
    with pytest.raises(OSError):
        Shipper(tmp_path / "log", checkpoint, sink, size=1).run()
    assert checkpoint.load() == 2
    assert Shipper(tmp_path / "log", checkpoint, sink, size=1).run() == 2
    assert sink.taken == ["a", "b", "c"]
    assert checkpoint.load() == 6


def test_nothing_new(tmp_path):
    (tmp_path / "log").write_text("unfinished")
    checkpoint = Checkpoint(tmp_path / "offset")
    assert Shipper(tmp_path / "log", checkpoint, Flaky(set())).run() == 0
    assert checkpoint.load() == 0


def test_offsets_are_bytes(tmp_path):
    (tmp_path / "log").write_bytes("grün\r\nblau\n".encode())
    checkpoint = Checkpoint(tmp_path / "offset")
    sink = Flaky({2})
    with pytest.raises(OSError):
        Shipper(tmp_path / "log", checkpoint, sink, size=1).run()
    assert checkpoint.load() == 7
    assert sink.taken == ["grün"]
