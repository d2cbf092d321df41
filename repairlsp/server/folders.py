"""URIs, files, and the project that a file belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit


def to_path(uri: str) -> Path | None:
    """The file of a `file:` URI; None for any other (`untitled:`, `git:`, a remote host)."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or not parts.path:
        return None
    path = unquote(parts.path)
    return Path(path) if path.startswith("/") and "\0" not in path else None


def project_of(file: Path, folders: Iterable[Path]) -> Path:
    """The innermost workspace folder around `file`; its own folder where there is none."""
    around = [folder for folder in folders if file.is_relative_to(folder)]
    return max(around, key=lambda folder: len(folder.parts), default=file.parent)
