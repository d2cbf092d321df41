"""Puts alerts together into incidents, so that a flapping service pages somebody once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, order=True)
class Alert:
    at: datetime
    service: str
    message: str = ""


@dataclass
class Incident:
    """Alerts of one service, each of them soon after the one before."""

    service: str
    opened: datetime
    latest: datetime
    alerts: list[Alert] = field(default_factory=list)

    @property
    def duration(self) -> timedelta:
        return self.latest - self.opened

    def add(self, alert: Alert) -> None:
        self.alerts.append(alert)
        self.latest = alert.at


def incidents(
    alerts: Iterable[Alert], quiet: timedelta = timedelta(minutes=10)
) -> Iterator[Incident]:
    """Yield the incidents of all services, in the order in which they ended.

    An incident is over when its service has been silent for longer than `quiet`; the next alert of
    the service opens another. Alerts may come in any order.
    """
    current: dict[str, Incident] = {}
    done: list[Incident] = []
    for alert in sorted(alerts):
        incident = current.get(alert.service)
        if incident is not None and alert.at - incident.latest > quiet:
            done.append(incident)
            incident = None
        if incident is None:
            incident = current[alert.service] = Incident(alert.service, alert.at, alert.at)
        incident.add(alert)
    done.extend(current.values())
    yield from sorted(done, key=lambda incident: (incident.latest, incident.service))
