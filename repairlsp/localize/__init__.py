"""Fault localization: which lines of the project are suspicious, and why."""

from repairlsp.localize.localize import localize

__all__ = ["localize"]
