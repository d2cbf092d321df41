"""Reads the output of `git diff --name-status -z`."""

from collections import Counter
from pathlib import PurePosixPath
from typing import NamedTuple

_KINDS = {
    "A": "added",
    "C": "copied",
    "D": "deleted",
    "M": "modified",
    "R": "renamed",
    "T": "modified",
}


class Change(NamedTuple):
    """A file that changed. Where it was renamed or copied, `path` is the new one."""

    kind: str
    path: str


def read_changes(output):
    """Yield the changes in `output`, in its order.

    Fields end with a NUL: a status, which is a letter and in some cases a similarity in percent,
    then the path. Renamed and copied files (`R` and `C`) have two: the old path, then the new.
    Raises ValueError for a status that is not known.
    """
    fields = iter(output.split("\0"))
    for status in fields:
        if not status:
            continue
        try:
            kind = _KINDS[status[0]]
        except KeyError:
            raise ValueError(f"unknown status: {status!r}") from None
        path = next(fields)
        if kind in ("renamed", "copied"):
            path = next(fields)
        yield Change(kind, path)


def by_folder(changes):
    """How many changes there are below each top folder; files outside of folders are in `.`."""
    counts = Counter()
    for change in changes:
        parts = PurePosixPath(change.path).parts
        counts[parts[0] if len(parts) > 1 else "."] += 1
    return dict(counts.most_common())


def summary(output):
    """One line for people: `2 modified, 1 added`, the most frequent kind first."""
    kinds = Counter(change.kind for change in read_changes(output))
    if not kinds:
        return "no changes"
    return ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
