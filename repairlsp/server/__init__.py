"""The language server: `repairlsp serve`.

A process starts in `start.py`, which answers `initialize` before anything heavy is imported and
then hands over to `app.py`. `requests/` holds one file per LSP method and `commands/` one per
command; `session.py` is the state that they borrow.
"""
