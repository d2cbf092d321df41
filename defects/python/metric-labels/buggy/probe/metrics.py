"""Numbers with labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


class Metric:
    """A number for each combination of the values of some labels.

    `names` are the labels' names; a metric without labels is one number. Numbers that nothing was
    done to are not there.
    """

    kind = "untyped"

    def __init__(self, name: str, help: str = "", names: Sequence[str] = ()) -> None:
        self.name = name
        self.help = help
        self.names = tuple(names)
        self._numbers: dict[tuple[str, ...], float] = {}

    def value(self, **labels: str) -> float:
        """The number for the labels, which are given by name, in any order; 0 at first."""
        return self._numbers.get(self._key(labels), 0.0)

    def samples(self) -> Iterator[tuple[dict[str, str], float]]:
        """Yield the labels of each number, and the number, in order of the labels' values."""
        for key in sorted(self._numbers):
            yield dict(zip(self.names, key, strict=True)), self._numbers[key]

    def total(self) -> float:
        return sum(self._numbers.values())

    def _key(self, labels: dict[str, str]) -> tuple[str, ...]:
        if labels.keys() != set(self.names):
            wanted = ", ".join(self.names) or "none"
            raise ValueError(f"{self.name} has other labels: {wanted}")
        return tuple(labels.values())


class Counter(Metric):
    """A number that only grows."""

    kind = "counter"

    def add(self, amount: float = 1.0, /, **labels: str) -> None:
        if amount < 0:
            raise ValueError(f"{self.name} cannot shrink")
        key = self._key(labels)
        self._numbers[key] = self._numbers.get(key, 0.0) + amount


class Gauge(Metric):
    """A number that goes up and down."""

    kind = "gauge"

    def set(self, value: float, /, **labels: str) -> None:
        self._numbers[self._key(labels)] = value
