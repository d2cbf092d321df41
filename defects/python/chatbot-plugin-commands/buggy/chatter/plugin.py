"""What plugins are made of.

    class Dice(Plugin):
        @command("roll", help="throw a die")
        def roll(self, text):
            return "4"

A bot that has the plugin answers `!roll` with what the method returns.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple


class Command(NamedTuple):
    """A word that a plugin answers to, by its method `method`."""

    word: str
    method: str
    help: str


def command(word: str, help: str = "") -> Callable[[Callable[..., str]], Callable[..., str]]:
    """Decorator: the method answers messages that begin with `!word`."""

    def mark(method: Callable[..., str]) -> Callable[..., str]:
        method.command = Command(word, method.__name__, help)  # type: ignore[attr-defined]
        return method

    return mark


class Plugin:
    """Base class. `commands` has the commands of the class and of those that it extends."""

    commands: ClassVar[dict[str, Command]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for member in vars(cls).values():
            found = getattr(member, "command", None)
            if isinstance(found, Command):
                cls.commands[found.word] = found

    def answer(self, word: str, text: str) -> str:
        """What the plugin says to a command. KeyError where it has no such command."""
        method = getattr(self, self.commands[word].method)
        return method(text)
