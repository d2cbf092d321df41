"""What the command line says on standard error: plain lines that start with the program's name."""

from __future__ import annotations

import sys


def complain(message: str, hint: str = "") -> None:
    """Say what is wrong and, where we know it, what to do."""
    print(f"repairlsp: {message}", file=sys.stderr)
    if hint:
        print(f"  hint: {hint}", file=sys.stderr)
