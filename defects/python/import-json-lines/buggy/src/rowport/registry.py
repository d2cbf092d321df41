"""The formats that there are, by the suffix of their files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

Row = dict[str, Any]


class Format(NamedTuple):
    """How to read and write a kind of file.

    `read` yields rows while the file is read; `write` takes the names of the columns and the rows.
    """

    read: Callable[[Path], Iterator[Row]]
    write: Callable[[Path, Sequence[str], Iterable[Row]], None]


_FORMATS: dict[str, Format] = {}


def register(suffix: str, made: Format) -> None:
    if suffix in _FORMATS:
        raise ValueError(f"{suffix} has a format already")
    _FORMATS[suffix] = made


def formats() -> list[str]:
    """The known suffixes in alphabetical order."""
    return sorted(_FORMATS)


def format_of(path: Path) -> Format:
    """The format of a file by its name. ValueError where none is known."""
    try:
        return _FORMATS[path.suffix.lower()]
    except KeyError:
        known = ", ".join(formats())
        raise ValueError(f"{path.name}: not a known format; there are {known}") from None
