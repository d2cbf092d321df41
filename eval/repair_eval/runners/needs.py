"""Is what a defect needs here?"""

from __future__ import annotations

import importlib.util
import sys

from repair_eval.runners.programs import lacking
from repair_eval.suite.needs import Need


def unmet(need: Need) -> str | None:
    """What is missing, in a few words; None when the need is met."""
    if need.is_package:
        return None if importlib.util.find_spec(need.name) else f"no Python package {need.name}"
    if need.name == "python":  # the one that runs us runs the tests
        here = sys.version_info[:3]
        old = f"python is {'.'.join(map(str, here))}, not {need}"
        return None if here >= need.version else old
    return lacking(need.name, need.version)
