"""One file per verb of `main.py`."""

from synthetic.verbs import build, check, report, run

ALL = (build, check, run, report)
