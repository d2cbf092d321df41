"""Folders in memory."""

from collections.abc import Iterable

from mailsort.engine import sort
from mailsort.message import Message, read_message
from mailsort.rules import Rule


class Mailbox:
    """The folders of one user, who sorts by `rules`."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._rules = list(rules)
        self._folders: dict[str, list[Message]] = {}
        self._flags: dict[str, set[str]] = {}

    def receive(self, source: str) -> list[str]:
        """Deliver a message; the folders that have it now."""
        message = read_message(source)
        delivery = sort(message, self._rules)
        for folder in delivery.folders:
            self._folders.setdefault(folder, []).append(message)
        self._flags.setdefault(message.header("Message-Id"), set()).update(delivery.flags)
        return delivery.folders

    def subjects(self, folder: str) -> list[str]:
        """The subjects in a folder, in the order in which they came."""
        return [message.header("Subject") for message in self._folders.get(folder, [])]

    def flags(self, message_id: str) -> set[str]:
        return set(self._flags.get(message_id, ()))
