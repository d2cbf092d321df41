"""Records of measurements in files with a JSON object on each line, plain or compressed."""

import gzip
import json
from collections import Counter
from pathlib import Path


class BadRecord(ValueError):
    """A line that is no record."""

    def __init__(self, path, number, problem):
        super().__init__(f"{path}:{number}: {problem}")
        self.number = number


def _open(path):
    path = Path(path)
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _parsed(path, lines):
    """Yield the records of the lines; empty ones are skipped."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadRecord(path, number, error.msg) from error
        if not isinstance(record, dict):
            raise BadRecord(path, number, "not an object")
        yield record


def read(path):
    """Iterate over the records of a file. Files may be larger than the memory, so there is only
    ever one record in it. Raises BadRecord when it comes to a line that is none.
    """
    with _open(path) as lines:
        return _parsed(path, lines)


def write(path, records):
    """Write the records to a file, and return how many there are."""
    count = 0
    opened = gzip.open if Path(path).suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n")
            count += 1
    return count


def values(path, key):
    """How often each value of a key occurs in a file; records without it count as None."""
    return Counter(record.get(key) for record in read(path))


def copy(source, target, wanted=lambda record: True):
    """Copy the records that are wanted to another file, and return how many there are."""
    return write(target, (record for record in read(source) if wanted(record)))
