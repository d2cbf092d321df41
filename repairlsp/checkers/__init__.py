"""Ask the tool that reported a diagnostic whether it is satisfied with a candidate."""

from repairlsp.checkers.recheck import Rechecked, recheck

__all__ = ["Rechecked", "recheck"]
