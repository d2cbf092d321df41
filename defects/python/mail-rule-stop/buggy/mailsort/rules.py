"""What a rule is."""

from dataclasses import dataclass

from mailsort.message import Message

_TESTS = {
    "is": lambda value, wanted: value == wanted,
    "contains": lambda value, wanted: wanted in value,
    "starts": lambda value, wanted: value.startswith(wanted),
}
TESTS = tuple(_TESTS)
VERBS = {"move": True, "copy": True, "mark": True, "discard": False, "stop": False}
"""The verbs of actions, and whether they take an object."""


@dataclass(frozen=True)
class Condition:
    """A test of one header, or of the text where the header is `text`. Case does not matter."""

    header: str
    test: str
    wanted: str
    negated: bool = False

    def holds(self, message: Message) -> bool:
        value = message.text if self.header == "text" else message.header(self.header)
        found = _TESTS[self.test](value.strip().casefold(), self.wanted.casefold())
        return found != self.negated


@dataclass(frozen=True)
class Action:
    verb: str
    object: str = ""


@dataclass(frozen=True)
class Rule:
    """Actions for the messages for which all of the conditions hold."""

    name: str
    conditions: tuple[Condition, ...]
    actions: tuple[Action, ...]

    def matches(self, message: Message) -> bool:
        return all(condition.holds(message) for condition in self.conditions)
