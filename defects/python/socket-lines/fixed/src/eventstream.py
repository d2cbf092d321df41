"""Reads a stream of server-sent events, as it comes from a socket: in chunks of any length."""

import codecs
import re
from dataclasses import dataclass

_LINE_END = re.compile("\r\n|\n")


class LineStream:
    """Lines of a text in UTF-8. Bytes that are not UTF-8 become U+FFFD."""

    def __init__(self):
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""

    def feed(self, chunk):
        """The lines that the chunk completes, without their ends (LF or CR LF)."""
        self._pending += self._decoder.decode(chunk)
        *lines, self._pending = _LINE_END.split(self._pending)
        return lines

    def close(self):
        """The last line, where it has no end."""
        rest, self._pending = self._pending + self._decoder.decode(b"", True), ""
        return [rest] if rest else []


@dataclass(frozen=True)
class Event:
    data: str
    name: str = "message"
    id: str = ""


class EventStream:
    """Events; an empty line ends each of them, and one that it does not end is dropped."""

    def __init__(self):
        self._lines = LineStream()
        self._fields = {}
        self._id = ""

    def feed(self, chunk):
        """The events that the chunk completes."""
        events = []
        for line in self._lines.feed(chunk):
            if line:
                self._field(line)
            elif self._fields:
                events += self._event()
        return events

    def _field(self, line):
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._fields.setdefault("data", []).append(value)
        elif name == "event":
            self._fields["event"] = value
        elif name == "id":
            self._id = value

    def _event(self):
        fields, self._fields = self._fields, {}
        if "data" not in fields:
            return []
        data = "\n".join(fields["data"])
        return [Event(data, fields.get("event", "message"), self._id)]
