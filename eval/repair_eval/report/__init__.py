"""What runs say, for people and programs: one file per format, all of the same `Evaluation`."""

from repair_eval.report.document import document
from repair_eval.report.evaluation import Evaluation, evaluate
from repair_eval.report.html.page import page
from repair_eval.report.markdown import markdown
from repair_eval.report.sheet import sheet

__all__ = ["Evaluation", "document", "evaluate", "markdown", "page", "sheet"]
