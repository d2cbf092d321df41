"""What there is in a folder."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from mirror.ignore import Ignore

NOTHING = Ignore()


class Entry(NamedTuple):
    """A file with its digest, or a folder, which has none."""

    is_folder: bool
    digest: str = ""


def scan(folder: Path, ignore: Ignore = NOTHING) -> dict[str, Entry]:
    """All files and folders below `folder`, by their paths in it, as in `docs/a.txt`.

    What is ignored is left out, with everything below it. Links are left out, too.
    """
    found: dict[str, Entry] = {}
    folders = [folder]
    while folders:
        for path in folders.pop().iterdir():
            if ignore.covers(path.name) or path.is_symlink():
                continue
            name = path.relative_to(folder).as_posix()
            if path.is_dir():
                found[name] = Entry(True)
                folders.append(path)
            else:
                found[name] = Entry(False, hashlib.sha256(path.read_bytes()).hexdigest())
    return found
