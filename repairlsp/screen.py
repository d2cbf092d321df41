"""The screen that candidates pass before a test is run: patch policy, static filter, no doubles."""

from __future__ import annotations

from collections.abc import Callable

from repairlsp.context.foreign import unlike_its_language
from repairlsp.context.languages import PYTHON, language_of
from repairlsp.errors import PatchError
from repairlsp.patches import Policy
from repairlsp.source import SourceText
from repairlsp.types import Candidate
from repairlsp.validate.static import fingerprint, static_reject


class Screen:
    """Screens candidates for the files that `read` gives; each file is read once.

    `version` is that of the Python that will run them, None for our own.
    """

    def __init__(
        self,
        read: Callable[[str], SourceText],
        policy: Policy,
        version: tuple[int, int] | None = None,
    ) -> None:
        self._read, self._policy, self._version = read, policy, version
        self._sources: dict[str, SourceText] = {}

    def source(self, path: str) -> SourceText:
        """The text of a file before any patch. Raises what `read` raises."""
        if path not in self._sources:
            self._sources[path] = self._read(path)
        return self._sources[path]

    def refuses(self, path: str) -> bool:
        """Whether no patch may touch the file at all."""
        return self._policy.check_path(path) is not None

    def key(self, candidate: Candidate) -> object | None:
        """Equal for candidates that are the same program; None for one that must not be tried."""
        if self._policy.check(candidate.edits):
            return None
        key = []
        for path in sorted({edit.path for edit in candidate.edits}):
            source = self.source(path)
            try:
                edited = source.apply(edit for edit in candidate.edits if edit.path == path)
                edited.to_bytes()
            except PatchError:
                return None
            if language_of(path) == PYTHON:
                if static_reject(source, edited, path, self._version):
                    return None
                key.append((path, fingerprint(source, edited)))
            else:
                if unlike_its_language(source, edited, path):
                    return None
                key.append((path, " ".join(edited.text.split())))
        return tuple(key)
