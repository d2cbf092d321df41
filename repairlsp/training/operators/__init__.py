"""Bug operators: each turns a correct function into a buggy one, one small bug at a time."""

from repairlsp.training.operators import (  # noqa: F401  (importing registers the operators)
    calls,
    conditions,
    constants,
    expressions,
    names,
    statements,
    syntax,
)
from repairlsp.training.operators.registry import OPERATORS, Function, Mutation, Operator

__all__ = ["OPERATORS", "Function", "Mutation", "Operator"]
