"""The exit codes of the command line."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the exit code tells a script. An end by a signal is 128 + its number, as in a shell."""

    OK = 0
    """A verified patch, or nothing was failing."""
    NOT_REPAIRED = 1
    """Tests are failing and no patch was verified."""
    BROKEN = 2
    """Wrong usage, a broken environment, no sandbox, a damaged model."""
