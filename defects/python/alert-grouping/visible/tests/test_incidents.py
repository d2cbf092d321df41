from datetime import datetime, timedelta

from incidents import Alert, incidents

START = datetime(2024, 5, 6, 9, 0)


def alerts(service, *minutes):
    return [Alert(START + timedelta(minutes=minute), service) for minute in minutes]


def counts(found):
    return [(incident.service, len(incident.alerts)) for incident in found]


def test_silence_ends_an_incident():
    assert counts(incidents(alerts("db", 0, 5, 40))) == [("db", 2), ("db", 1)]


def test_services_are_kept_apart():
    found = incidents(alerts("web", 0, 3) + alerts("db", 1))
    assert counts(found) == [("db", 1), ("web", 2)]


def test_a_service_that_keeps_failing():
    found = list(incidents(alerts("db", 0, 6, 12, 18, 24)))
    assert counts(found) == [("db", 5)]
    assert found[0].duration == timedelta(minutes=24)


def test_no_alerts():
    assert list(incidents([])) == []
