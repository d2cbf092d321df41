"""Versions of a form that is filled in over several days."""

import copy
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Version:
    number: int
    note: str
    fields: dict[str, Any]


class Draft:
    """The fields of a form, with values as JSON has them, and the versions saved so far.

    `fields` is there to be changed in place; a version never changes.
    """

    def __init__(self, fields: dict[str, Any] | None = None) -> None:
        self.fields: dict[str, Any] = fields if fields is not None else {}
        self._versions: list[Version] = []

    @property
    def history(self) -> list[str]:
        return [f"{version.number}: {version.note}" for version in self._versions]

    def save(self, note: str) -> int:
        """Keep the fields as they are now, and return the number of that version, from 1."""
        number = len(self._versions) + 1
        self._versions.append(Version(number, note, copy.copy(self.fields)))
        return number

    def _version(self, number: int) -> Version:
        if not 1 <= number <= len(self._versions):
            raise LookupError(f"there is no version {number}")
        return self._versions[number - 1]

    def restore(self, number: int) -> None:
        """Go back to a version. Later ones stay, and going back can be saved, too."""
        self.fields = copy.copy(self._version(number).fields)

    def changed(self, number: int) -> list[str]:
        """The names of the fields that differ from a version, in order."""
        old = self._version(number).fields
        names = old.keys() | self.fields.keys()
        missing = object()
        return sorted(n for n in names if old.get(n, missing) != self.fields.get(n, missing))
