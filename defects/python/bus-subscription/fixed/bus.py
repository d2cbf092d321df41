"""A message bus inside of one program."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Callable

Handler = Callable[["Message"], object]


@dataclass(frozen=True)
class Message:
    topic: str
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class Bus:
    """Takes messages to the handlers of their topics, in the order in which they subscribed.

    Each handler subscribes to a topic once at most.
    """

    def __init__(self):
        self._handlers = defaultdict(list)
        self.delivered = 0

    def subscribe(self, topic, handler, where=None, once=False):
        """From now on, call the handler with each message of the topic.

        `where` says which messages it wants, all by default. With `once` it is taken off after the
        first that it wanted. It can always be taken off by `unsubscribe`.
        """

        def deliver(message):
            if where is not None and not where(message):
                return
            if once:
                self.unsubscribe(topic, handler)
            self.delivered += 1
            handler(message)

        self._handlers[topic].append((handler, deliver))
        return handler

    def unsubscribe(self, topic, handler):
        """Take the handler off a topic. False where it is not on it."""
        for entry in self._handlers[topic]:
            if entry[0] == handler:
                self._handlers[topic].remove(entry)
                return True
        return False

    def on(self, topic, **options):
        """Decorator: subscribe the function."""
        return lambda handler: self.subscribe(topic, handler, **options)

    def publish(self, topic, body=None, **headers):
        """Deliver a message to all who are subscribed now; what they change about that counts for
        the next message.
        """
        message = Message(topic, body, headers)
        for _, deliver in tuple(self._handlers[topic]):
            deliver(message)
