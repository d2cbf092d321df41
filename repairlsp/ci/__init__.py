"""The CI bot: a commit whose tests fail gets a branch whose tests pass, or a report that helps.

`attend(job)` is the flow; `repository.py` and `worktree.py` are the only ones that talk to git,
`hosting/` the only part that talks to anybody over a network, and only when told to.
"""

from repairlsp.ci.bot import attend
from repairlsp.ci.types import Culprit, Failure, Fix, Job, Report, Unfixed

__all__ = ["Culprit", "Failure", "Fix", "Job", "Report", "Unfixed", "attend"]
