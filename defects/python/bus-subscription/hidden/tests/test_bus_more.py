import pytest
from bus import Bus


class Recorder:
    def __init__(self):
        self.seen = []

    def note(self, message):
        self.seen.append(message.body)


def test_the_others_stay():
    bus, seen = Bus(), []
    handlers = [lambda message, name=name: seen.append(name + message.body) for name in "abc"]
    for handler in handlers:
        bus.subscribe("t", handler)
    assert bus.unsubscribe("t", handlers[1])
    bus.publish("t", "1")
    assert seen == ["a1", "c1"]
    assert not bus.unsubscribe("t", handlers[1])
    bus.subscribe("t", handlers[1])
    bus.publish("t", "2")
    assert seen[2:] == ["a2", "c2", "b2"]


def test_methods():
    bus, one, other = Bus(), Recorder(), Recorder()
    bus.subscribe("t", one.note)
    bus.subscribe("t", other.note)
    assert bus.unsubscribe("t", one.note)
    bus.publish("t", 1)
    assert (one.seen, other.seen) == ([], [1])


def test_one_topic_of_two():
    bus, recorder = Bus(), Recorder()
    bus.subscribe("a", recorder.note)
    bus.subscribe("b", recorder.note)
    assert bus.unsubscribe("a", recorder.note)
    bus.publish("a", 1)
    bus.publish("b", 2)
    assert recorder.seen == [2]


@pytest.mark.parametrize("wanted", [0, 2])
def test_once_and_where(wanted):
    bus, recorder = Bus(), Recorder()
    bus.subscribe("t", recorder.note, where=lambda message: message.body >= wanted, once=True)
    for number in range(5):
        bus.publish("t", number)
    assert recorder.seen == [wanted]
    assert not bus.unsubscribe("t", recorder.note)
    assert bus.delivered == 1


def test_once_can_be_taken_off_before():
    bus, recorder = Bus(), Recorder()
    bus.subscribe("t", recorder.note, once=True)
    assert bus.unsubscribe("t", recorder.note)
    bus.publish("t", 1)
    assert recorder.seen == []


def test_once_when_the_handler_publishes_itself():
    bus, seen = Bus(), []

    @bus.on("t", once=True)
    def again(message):
        seen.append(message.body)
        bus.publish("t", message.body + 1)

    bus.publish("t", 1)
    assert seen == [1]


def test_changes_count_for_the_next_message():
    bus, recorder = Bus(), Recorder()

    @bus.on("t")
    def first(message):
        bus.unsubscribe("t", recorder.note)

    bus.subscribe("t", recorder.note)
    bus.publish("t", 1)
    bus.publish("t", 2)
    assert recorder.seen == [1]
