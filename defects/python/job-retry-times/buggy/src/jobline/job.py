"""What is to be done."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Job:
    """`kind` says what to do, with `payload`. All times are in seconds.

    `created` is when it was ordered, `attempts` how often it was tried, and `error` is what went
    wrong the last time.
    """

    id: str
    kind: str
    created: float = 0.0
    payload: dict[str, Any] = field(default_factory=dict)
    attempts: int = 0
    error: str = ""
