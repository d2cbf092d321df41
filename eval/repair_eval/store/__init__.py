"""Runs on disk: one SQLite file each. `read_run(path)` is what measures and reports want."""

from repair_eval.store.database import StoreError, is_blank
from repair_eval.store.reader import read_run
from repair_eval.store.writer import Key, Store, Unjudged

__all__ = ["Key", "Store", "StoreError", "Unjudged", "is_blank", "read_run"]
