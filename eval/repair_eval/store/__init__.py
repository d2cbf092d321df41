"""Runs on disk: one SQLite file each. `read_run(path)` is what measures and reports want."""
