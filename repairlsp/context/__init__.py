"""Context extraction: what a generator sees of each suspicious function."""

from repairlsp.context.extract import contexts, enclosing

__all__ = ["contexts", "enclosing"]
