"""Patches that pass the tests and are no repair: how to tell them from the others."""

from repairlsp.overfitting.assess import cautions, cautions_of
from repairlsp.overfitting.failure import Failure

__all__ = ["Failure", "cautions", "cautions_of"]
