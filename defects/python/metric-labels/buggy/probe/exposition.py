"""The text that a collector reads: a line for each number.

    # HELP requests Requests by their outcome.
    # TYPE requests counter
    requests{method="GET",status="200"} 17

Labels are in the order in which the metric names them.
"""

from __future__ import annotations

from probe.registry import Registry


def expose(registry: Registry) -> str:
    """All numbers of a registry; a metric that has none is left out."""
    lines = []
    for metric in registry:
        samples = list(metric.samples())
        if not samples:
            continue
        if metric.help:
            lines.append(f"# HELP {metric.name} {_escape(metric.help)}")
        lines.append(f"# TYPE {metric.name} {metric.kind}")
        for labels, number in samples:
            lines.append(f"{metric.name}{_labels(labels)} {number:g}")
    return "".join(f"{line}\n" for line in lines)


def _labels(labels: dict[str, str]) -> str:
    if not labels:
        return ""
    pairs = [f'{name}="{_escape(value, quotes=True)}"' for name, value in labels.items()]
    return "{" + ",".join(pairs) + "}"


def _escape(text: str, quotes: bool = False) -> str:
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace('"', '\\"') if quotes else text
