"""What is none of our business."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path


class Ignore:
    """Shell patterns for the names of files and folders, wherever they are."""

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        self._patterns = tuple(patterns)

    @classmethod
    def read(cls, path: Path) -> "Ignore":
        """The patterns in a file, one a line, without comments. A missing file has none."""
        if not path.exists():
            return cls()
        lines = (line.partition("#")[0].strip() for line in path.read_text().splitlines())
        return cls(line for line in lines if line)

    def covers(self, name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in self._patterns)
