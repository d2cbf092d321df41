"""Configurations: what is to be tried on a suite, as TOML files, some standing for many."""

from repair_eval.configs.load import ConfigurationError, load_configurations
from repair_eval.configs.spec import (
    Configured,
    Gold,
    Hybrid,
    NoOp,
    Option,
    Sampling,
    Search,
    Spec,
)

__all__ = [
    "ConfigurationError",
    "Configured",
    "Gold",
    "Hybrid",
    "NoOp",
    "Option",
    "Sampling",
    "Search",
    "Spec",
    "load_configurations",
]
