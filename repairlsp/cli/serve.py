"""`repairlsp serve`: the language server on standard input and output."""

from __future__ import annotations

import argparse

from repairlsp.cli.exits import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """No options: the server takes its settings from the client."""


def run(args: argparse.Namespace) -> int:
    """Serve until the client says `exit` or goes away; the server ends the process by itself."""
    from repairlsp.server.start import main

    main()
    return Exit.OK
