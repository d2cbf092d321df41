"""Ships the lines of a growing log file to a sink, in batches.

Every line is delivered at least once: after a crash or an error, shipping goes on with the first
batch that the sink has not taken.
"""

import json
from itertools import islice
from pathlib import Path


class Checkpoint:
    """How far into a log shipping has got, in bytes, kept in a small file."""

    def __init__(self, path):
        self._path = Path(path)

    def load(self):
        """0 where nothing has been shipped."""
        if not self._path.exists():
            return 0
        return json.loads(self._path.read_text())["offset"]

    def save(self, offset):
        self._path.write_text(json.dumps({"offset": offset}))


class Shipper:
    """Hands lists of at most `size` lines to `sink`, which raises an OSError when it cannot take
    them.
    """

    def __init__(self, log, checkpoint, sink, size=100):
        self._log = Path(log)
        self._checkpoint = checkpoint
        self._sink = sink
        self._size = size

    def batches(self, offset):
        """Yield (lines, end) from the offset on: the end is the offset after the last line. A line
        that has no end yet is left for later.
        """
        with self._log.open("rb") as log:
            log.seek(offset)
            complete = (line for line in log if line.endswith(b"\n"))
            while lines := list(islice(complete, self._size)):
                offset += sum(map(len, lines))
                yield [line.decode("utf-8", "replace").rstrip("\r\n") for line in lines], offset

    def run(self):
        """Ship what is new, and return how many lines that was. An error of the sink ends it, and
        is raised.
        """
        shipped = 0
        for lines, end in self.batches(self._checkpoint.load()):
            self._checkpoint.save(end)
            shipped += len(lines)
            self._sink(lines)
        return shipped
