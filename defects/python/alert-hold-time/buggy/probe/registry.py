"""All metrics of a service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar

from probe.metrics import Metric

M = TypeVar("M", bound=Metric)
_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")


class Registry:
    """Metrics by their names."""

    def __init__(self) -> None:
        self._metrics: dict[str, Metric] = {}

    def add(self, metric: M) -> M:
        """Register a metric, and return it. ValueError for a bad name, or one that is taken."""
        for name in (metric.name, *metric.names):
            if not _NAME.fullmatch(name):
                raise ValueError(f"not a name: {name!r}")
        if metric.name in self._metrics:
            raise ValueError(f"{metric.name} is taken")
        self._metrics[metric.name] = metric
        return metric

    def __getitem__(self, name: str) -> Metric:
        return self._metrics[name]

    def __iter__(self) -> Iterator[Metric]:
        """The metrics in order of their names."""
        return iter([self._metrics[name] for name in sorted(self._metrics)])
