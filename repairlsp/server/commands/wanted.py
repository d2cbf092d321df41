"""Which project's tests, and which of them, a command is about: `{uri, test?, line?}`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from repairlsp.server.answers import InvalidParamsError, RequestFailedError
from repairlsp.server.folders import project_of, to_path
from repairlsp.server.session import Session
from repairlsp.server.testfunctions import find_tests


class WantedTests(NamedTuple):
    """`tests` holds the id that was asked for, or nothing for all tests of the project."""

    project: Path
    tests: tuple[str, ...]

    @property
    def name(self) -> str:
        """In words, for a title."""
        return self.tests[0].rpartition("::")[2] if self.tests else "the failing tests"

    def holds(self, test: str) -> bool:
        """Whether a case is among the tests: all, a function's, or the file of it, which a run
        names where it cannot be collected."""
        return not self.tests or any(
            test == wanted or test.startswith(f"{wanted}[") or wanted.startswith(f"{test}::")
            for wanted in self.tests
        )

    @classmethod
    def from_arguments(
        cls, command: str, arguments: Sequence[Any], session: Session
    ) -> WantedTests:
        """Raises AnswerError for arguments that are not what docs/editors.md says, or name no
        test."""
        place = arguments[0] if len(arguments) == 1 else None
        if not isinstance(place, dict) or not isinstance(place.get("uri"), str):
            raise InvalidParamsError(f"{command} takes one argument: {{uri, test?, line?}}")
        test, line = place.get("test"), place.get("line")
        if not isinstance(test, str | None) or not isinstance(line, int | None):
            raise InvalidParamsError("test is a pytest id, line a number from 0")
        file = to_path(place["uri"])
        if file is None:
            raise RequestFailedError(f"only files on this machine can be run, not {place['uri']}")
        project = project_of(file, session.folders)
        if test is None and line is not None:
            test = f"{file.relative_to(project).as_posix()}::{_at(session, place['uri'], line)}"
        return cls(project, () if test is None else (test,))


def _at(session: Session, uri: str, line: int) -> str:
    """The test function at a line of an open document: the last that begins at or above it."""
    document = session.documents.get(uri)
    if document is None:
        raise RequestFailedError("open the file of the test first")
    above = [each.name for each in find_tests(document.lines) if each.line <= line]
    if not above:
        raise RequestFailedError("there is no test function at the cursor")
    return above[-1]
