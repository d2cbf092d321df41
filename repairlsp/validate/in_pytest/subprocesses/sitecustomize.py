"""Measures the lines that a Python process executes, when a test that is measured started it.

Python imports this module at its start because the coverage plugin puts its folder on PYTHONPATH.
The `sitecustomize` that it hides, if there is one, comes first. Whatever goes wrong here stays
here: the process is the user's, and may even be of another version of Python.
"""
# pathlib would add 5 ms to every start:
# ruff: noqa: PTH100, PTH105, PTH120, PTH123

import os
import sys

_FOLDER = os.path.dirname(os.path.abspath(__file__))


def _measure():  # type: () -> None
    import atexit
    import json

    told = json.loads(os.environ["REPAIRLSP_SUBPROCESSES"])
    tools = os.path.dirname(_FOLDER)
    sys.path.insert(0, tools)
    try:
        from repairlsp_collectors import inside, start_collector  # type: ignore[import-not-found]
    finally:
        sys.path.remove(tools)
    collector = start_collector(told["root"], told["coverage_package"])

    def save():  # type: () -> None
        lines = inside(told["root"], collector.stop()).get("", ())
        place = told["results"] + str(os.getpid())
        with open(place + ".part", "w") as file:
            json.dump(sorted(lines), file)
        os.replace(place + ".part", place + ".lines")

    atexit.register(save)


_ours = sys.modules.pop("sitecustomize")
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != _FOLDER]
try:
    import sitecustomize  # type: ignore[import-not-found]  # noqa: F401
except ImportError:
    sys.modules["sitecustomize"] = _ours
if sys.version_info >= (3, 9) and "REPAIRLSP_SUBPROCESSES" in os.environ:
    try:  # noqa: SIM105 - contextlib would add to every start as well
        _measure()
    except BaseException:  # noqa: BLE001
        pass
