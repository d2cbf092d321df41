"""The evaluation harness: suites of defects, proved by running them.

`suite/` is what a defect is and where defects come from, `runners/` runs their tests, `judge.py`
says what a patch is worth by those runs, `check/` proves a suite, `cli/` has one file per verb.
`configs/` is what to try, `sources/` are the models, engines and controls that answer, `run/` tries
and judges, `store/` keeps, and `record.py` is what it keeps. `measures/` are the figures of a run,
`report/` shows them.
"""
