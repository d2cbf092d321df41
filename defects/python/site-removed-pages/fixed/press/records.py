"""What earlier builds have written, in a JSON file beside it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

FILE_NAME = ".press.json"


class Records:
    """File names with the digest of what they were made from."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._digests: dict[str, str] = {}
        if self._path.exists():
            self._digests = json.loads(self._path.read_text(encoding="utf-8"))

    def is_current(self, name: str, *sources: str) -> bool:
        """Whether the file was made from the same sources."""
        return self._digests.get(name) == _digest(sources)

    def written(self, name: str, *sources: str) -> None:
        self._digests[name] = _digest(sources)

    def names(self) -> list[str]:
        """The files that builds have written, by name."""
        return sorted(self._digests)

    def removed(self, name: str) -> None:
        del self._digests[name]

    def save(self) -> None:
        text = json.dumps(self._digests, indent=1, sort_keys=True)
        self._path.write_text(text, encoding="utf-8")


def _digest(sources: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(sources).encode()).hexdigest()
