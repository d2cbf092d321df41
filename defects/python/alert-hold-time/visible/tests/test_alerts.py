from probe import Alert, Gauge, State


def states(levels, limit=10, hold=60):
    """The states of an alert that is checked every 30 seconds."""
    queue = Gauge("queue")
    alert = Alert(queue, limit, hold)
    found = []
    for number, level in enumerate(levels):
        queue.set(level)
        found.append(alert.check(now=30 * number).value)
    return found


def test_quiet():
    assert states([0, 10, 3]) == ["quiet", "quiet", "quiet"]


def test_too_high_for_too_long():
    assert states([3, 11, 12, 13, 50]) == ["quiet", "pending", "pending", "firing", "firing"]


def test_two_short_peaks():
    assert states([11, 3, 3, 12, 3]) == ["pending", "quiet", "quiet", "pending", "quiet"]


def test_at_once():
    assert states([11, 3, 11], hold=0) == ["firing", "quiet", "firing"]


def test_all_numbers_count():
    queue = Gauge("queue", names=["host"])
    queue.set(6, host="a")
    queue.set(6, host="b")
    assert Alert(queue, limit=10).check(now=0) is State.FIRING
