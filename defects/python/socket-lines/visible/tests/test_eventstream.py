from eventstream import Event, EventStream, LineStream


def test_lines_of_several_chunks():
    lines = LineStream()
    assert lines.feed(b"one\ntw") == ["one"]
    assert lines.feed(b"o\r\n\nthree") == ["two", ""]
    assert lines.close() == ["three"]


def test_events():
    stream = EventStream()
    sent = b": hello\nid: 7\nevent: news\ndata: a\ndata: b\n\ndata:c\n\n"
    assert stream.feed(sent) == [Event("a\nb", "news", "7"), Event("c", "message", "7")]


def test_names_of_places():
    sent = "data: Zürich\n\ndata: Genève\n\n".encode()
    stream = EventStream()
    events = [event for at in range(0, len(sent), 8) for event in stream.feed(sent[at : at + 8])]
    assert [event.data for event in events] == ["Zürich", "Genève"]


def test_bytes_that_are_not_utf8():
    assert LineStream().feed(b"a\xffb\n") == ["a\ufffdb"]
