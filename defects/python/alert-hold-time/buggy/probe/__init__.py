"""Counts what a service does, shows it to a collector, and raises alarms."""

from probe.alerts import Alert, State
from probe.exposition import expose
from probe.metrics import Counter, Gauge
from probe.registry import Registry

__all__ = ["Alert", "Counter", "Gauge", "Registry", "State", "expose"]
