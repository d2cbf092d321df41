"""Keeps a folder as a copy of another."""

from mirror.ignore import Ignore
from mirror.sync import sync

__all__ = ["Ignore", "sync"]
