"""`repairlsp serve`: the language server on standard input and output."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The server takes its options from the client, in `initialize`."""


def run(args: argparse.Namespace) -> int:
    """Serve until the client says `exit` or goes away."""
    from repairlsp.server import app

    return app.main()
