"""Test runners: one adapter per file, all with the same answer, a `TestRun`.

with open_session(defect.tests, language, folder, "visible", sandbox) as session:
    run = session.run()
"""

from repair_eval.runners.base import Adapter, Session
from repair_eval.runners.open import missing, open_session

__all__ = ["Adapter", "Session", "missing", "open_session"]
