"""Suites in public formats, made into suites of our own; one file per format.

A format's reader makes a `Draft` of each bug, `settle` runs it and keeps what its tests show, and
`Destination` puts the finished suite in its place.

with Destination(place) as destination:
    outcomes = list(build(FORMATS["quixbugs"].read(source), destination, sandbox))
    destination.publish({...})
"""

from repair_eval.importers.build import Imported, Outcome, build, place, tried
from repair_eval.importers.destination import Destination
from repair_eval.importers.draft import Base, Draft, NotImported, UnfitError
from repair_eval.importers.formats import FORMATS, Format
from repair_eval.importers.source import Source

__all__ = [
    "FORMATS",
    "Base",
    "Destination",
    "Draft",
    "Format",
    "Imported",
    "NotImported",
    "Outcome",
    "Source",
    "UnfitError",
    "build",
    "place",
    "tried",
]
