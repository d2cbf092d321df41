"""Reads changelogs in the style of keepachangelog.com."""

import re
from typing import Iterable, Iterator, NamedTuple, Optional

_HEADING = re.compile(r"## \[?(?P<version>[^\]\s]+)\]?(?: - (?P<date>\d{4}-\d\d-\d\d))?\s*$")


class Release(NamedTuple):
    """A section of the changelog; `date` is None for what is not released yet."""

    version: str
    date: Optional[str]
    lines: list[str]

    @property
    def entries(self) -> list[str]:
        """The bullet points, without their bullets."""
        return [line[2:] for line in self.lines if line.startswith(("- ", "* "))]


def releases(lines: Iterable[str]) -> Iterator[Release]:
    """Yield every release with its lines, from top to bottom.

    What comes before the first one is an introduction and belongs to none. Empty lines at the ends
    of a section are left out.
    """
    current = None
    for line in lines:
        line = line.rstrip()
        heading = _HEADING.match(line)
        if heading:
            if current is not None:
                yield _trimmed(current)
            current = Release(heading["version"], heading["date"], [])
        elif current is not None:
            current.lines.append(line)


def _trimmed(release: Release) -> Release:
    lines = "\n".join(release.lines).strip("\n").split("\n")
    return release._replace(lines=lines if lines != [""] else [])


def notes_since(lines: Iterable[str], version: str) -> list[str]:
    """The entries of all releases newer than the version, newest first. KeyError where the
    changelog does not have the version.
    """
    entries: list[str] = []
    for release in releases(lines):
        if release.version == version:
            return entries
        entries += release.entries
    raise KeyError(version)
