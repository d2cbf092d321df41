import pytest
from eventstream import EventStream, LineStream

TEXT = "ä€\n漢字 😀\r\n\n\ufeffx\u2028y\n😀"
LINES = ["ä€", "漢字 😀", "", "\ufeffx\u2028y", "😀"]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 100])
def test_chunks_of_any_length(size):
    stream = LineStream()
    sent = TEXT.encode()
    found = []
    for at in range(0, len(sent), size):
        found += stream.feed(sent[at : at + size])
    assert found + stream.close() == LINES
    assert stream.close() == []


def test_lines_come_as_soon_as_they_are_complete():
    stream = LineStream()
    assert stream.feed("ü".encode()[:1]) == []
    assert stream.feed("ü\n".encode()[1:]) == ["ü"]
    assert stream.feed(b"\n\n") == ["", ""]


def test_a_character_that_is_never_completed():
    stream = LineStream()
    assert stream.feed(b"a\xe2\x82") == []
    assert stream.close() == ["a\ufffd"]


def test_a_character_that_another_interrupts():
    stream = LineStream()
    assert stream.feed(b"\xc3") + stream.feed(b"a\n") == ["\ufffda"]


def test_an_empty_chunk():
    stream = LineStream()
    assert stream.feed(b"\xf0\x9f") + stream.feed(b"") + stream.feed(b"\x98\x80\n") == ["😀"]


@pytest.mark.parametrize("size", [1, 3, 6])
def test_events_of_any_chunks(size):
    sent = "event: grüße\ndata: 漢\ndata: 字\n\nretry: 5\n\ndata: é\n\ndata: lost".encode()
    stream = EventStream()
    events = []
    for at in range(0, len(sent), size):
        events += stream.feed(sent[at : at + size])
    assert [(event.name, event.data) for event in events] == [("grüße", "漢\n字"), ("message", "é")]
