"""What services tell each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Event:
    """Something of a kind, such as `order.paid`, with JSON data."""

    id: str
    kind: str
    data: Any = None

    @classmethod
    def from_payload(cls, payload: Any) -> Event:
        """The event in a payload. ValueError where it is none."""
        if not isinstance(payload, dict) or not isinstance(payload.get("id"), str):
            raise ValueError("an event is an object with an id")
        return cls(payload["id"], str(payload.get("kind", "")), payload.get("data"))

    def payload(self) -> dict[str, Any]:
        return {"id": self.id, "kind": self.kind, "data": self.data}
