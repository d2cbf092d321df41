"""Durations as people write them in configuration files: `90`, `1h30m`, `2d 12h`."""

import re

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_PART = re.compile(r"\s*(\d+)\s*([smhd])")


def parse_duration(text):
    """Seconds. A number without a unit is seconds; ValueError for anything else."""
    text = text.strip().lower()
    if text.isdigit():
        return int(text)
    if not text:
        raise ValueError("empty duration")
    total = 0
    position = 0
    while position < len(text):
        part = _PART.match(text, position)
        if part is None:
            raise ValueError(f"not a duration: {text!r}")
        total = int(part[1]) * _UNITS[part[2]]
        position = part.end()
    return total
