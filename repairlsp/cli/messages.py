"""What the command line says on standard error: plain lines that start with the program's name."""

from __future__ import annotations

import sys


def complain(message: str, hint: str = "") -> None:
    """Say what is wrong and, where we know it, what to do. Names of files and settings may come
    from a stranger's project: what would steer the terminal is spelled out."""
    from repairlsp.formats.words import printable  # only now: most commands never complain

    print(f"repairlsp: {printable(message)}", file=sys.stderr)
    if hint:
        print(f"  hint: {printable(hint)}", file=sys.stderr)
