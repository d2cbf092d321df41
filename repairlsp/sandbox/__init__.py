"""Run a command confined: with bubblewrap, or with plain resource limits.

`choose(mode)` gives a `Sandbox`; its `run` returns when the command and every process that it
started are gone: at its own end, at the time limit, on a cancel, or when our process dies.
"""

from repairlsp.sandbox.base import NEVER, Completed, Ending, Sandbox
from repairlsp.sandbox.bwrap import bwrap_problem
from repairlsp.sandbox.choice import (
    HOW_TO_GET_ONE,
    auto_is_less,
    choose,
    what_auto_means,
    what_limits_means,
)
from repairlsp.sandbox.denials import told_of_denial
from repairlsp.sandbox.environment import allowed_environment

__all__ = [
    "HOW_TO_GET_ONE",
    "NEVER",
    "Completed",
    "Ending",
    "Sandbox",
    "allowed_environment",
    "auto_is_less",
    "bwrap_problem",
    "choose",
    "told_of_denial",
    "what_auto_means",
    "what_limits_means",
]
