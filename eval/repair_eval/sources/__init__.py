"""Sources of answers: repairlsp's own engine, language models of any runtime, and the controls.

source = open_source(configured.spec, threads=2)
answers = source.answer(Problem(defect, seed=0, sandbox="auto"), cancel)
"""

from repair_eval.sources.base import Answer, Answers, Problem, Source
from repair_eval.sources.facts import Facts, facts
from repair_eval.sources.open import open_source

__all__ = ["Answer", "Answers", "Facts", "Problem", "Source", "facts", "open_source"]
