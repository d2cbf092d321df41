"""What one code action is about: it travels to the client and back as the action's `data`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from repairlsp.server.answers import InvalidParamsError


class Lines(NamedTuple):
    """Lines of a document, from 0, `end` exclusive."""

    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    """The diagnostic that is to be fixed: of any origin, as its text and its lines."""

    lines: Lines
    message: str
    source: str = ""
    code: str = ""


@dataclass(frozen=True)
class Target:
    """One place of one version of one document, and the diagnostic there, if that is the reason."""

    uri: str
    version: int
    lines: Lines
    finding: Finding | None = None

    def to_data(self) -> dict[str, Any]:
        """As JSON, for `CodeAction.data` and the argument of the command."""
        data: dict[str, Any] = {"uri": self.uri, "version": self.version, "lines": [*self.lines]}
        if found := self.finding:
            data["diagnostic"] = {
                "lines": [*found.lines],
                "message": found.message,
                "source": found.source,
                "code": found.code,
            }
        return data

    @classmethod
    def from_data(cls, data: Any) -> Target:
        """The target that `to_data` wrote. Raises InvalidParamsError for anything else."""
        try:
            finding = None
            if (found := data.get("diagnostic")) is not None:
                texts = [_text(found[key]) for key in ("message", "source", "code")]
                finding = Finding(_lines(found["lines"]), *texts)
            version = data["version"]
            if not isinstance(version, int):
                raise TypeError("version")
            return cls(_text(data["uri"]), version, _lines(data["lines"]), finding)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InvalidParamsError("the code action's data is not what we sent") from error

    @classmethod
    def from_arguments(cls, command: str, arguments: Sequence[Any]) -> Target:
        """The target that is a command's one argument. Raises InvalidParamsError."""
        if len(arguments) != 1:
            raise InvalidParamsError(f"{command} takes one argument: a code action's data")
        return cls.from_data(arguments[0])


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value


def _lines(value: Any) -> Lines:
    start, end = value
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end):
        raise TypeError("lines")
    return Lines(start, end)
