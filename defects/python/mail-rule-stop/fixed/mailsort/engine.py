"""Applies rules to messages."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from mailsort.message import Message
from mailsort.rules import Rule

INBOX = "Inbox"


@dataclass
class Delivery:
    """Where a message goes. `home` is its one place, empty for a message that is discarded."""

    home: str = INBOX
    copies: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)

    @property
    def folders(self) -> list[str]:
        """All folders of the message, each once."""
        return list(dict.fromkeys(folder for folder in (self.home, *self.copies) if folder))


def sort(message: Message, rules: Iterable[Rule]) -> Delivery:
    """Where the rules send the message.

    All rules that match are applied, in their order, so that the last `move` or `discard` counts;
    `stop` is the end of it: nothing behind it is applied, in its own rule and in the later ones.
    """
    delivery = Delivery()
    for rule in rules:
        if not rule.matches(message):
            continue
        for action in rule.actions:
            if action.verb == "stop":
                return delivery
            _apply(action.verb, action.object, delivery)
    return delivery


def _apply(verb: str, what: str, delivery: Delivery) -> None:
    if verb == "move":
        delivery.home = what
    elif verb == "discard":
        delivery.home = ""
    elif verb == "copy":
        delivery.copies.append(what)
    elif verb == "mark":
        delivery.flags.add(what)
