"""A suite out of a git history: commits whose tests fail before and pass after.

for step in mine(mining, destination, sandbox, token):
    ...
destination.publish({...})
"""

from repair_eval.mine.history import History, Mined, Mining
from repair_eval.mine.mine import Step, mine

__all__ = ["History", "Mined", "Mining", "Step", "mine"]
