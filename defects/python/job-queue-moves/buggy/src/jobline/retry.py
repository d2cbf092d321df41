"""When to try again."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RetryPolicy:
    """At most `attempts` in all. After the first one, waits `first` seconds, then ever longer."""

    attempts: int = 4
    first: float = 10.0
    factor: float = 3.0

    def delay(self, attempts: int) -> float | None:
        """How long to wait after so many attempts; None for giving up."""
        if attempts >= self.attempts:
            return None
        return self.first * self.factor ** (attempts - 1)
