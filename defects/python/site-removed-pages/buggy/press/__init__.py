"""A static site from pages and layouts."""

from press.build import build

__all__ = ["build"]
