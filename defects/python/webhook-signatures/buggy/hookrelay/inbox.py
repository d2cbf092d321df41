"""Which events have come already."""

from __future__ import annotations

from collections import OrderedDict


class Inbox:
    """Remembers the ids of the last `size` events."""

    def __init__(self, size: int = 1000) -> None:
        self._size = size
        self._ids: OrderedDict[str, None] = OrderedDict()

    def is_new(self, event_id: str) -> bool:
        """Whether the event has not come before; from now on it has."""
        new = event_id not in self._ids
        self._ids[event_id] = None
        self._ids.move_to_end(event_id)
        while len(self._ids) > self._size:
            self._ids.popitem(last=False)
        return new
