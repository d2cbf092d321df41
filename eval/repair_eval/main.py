"""`repair-eval`: measures models and settings on the defect suite. Not built yet."""

from __future__ import annotations

import sys


def main() -> int:
    """Say so, and exit with 2."""
    print("repair-eval: not built yet", file=sys.stderr)
    return 2
