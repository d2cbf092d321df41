import pytest
from bus import Bus


@pytest.fixture
def bus():
    return Bus()


def test_messages_arrive(bus):
    seen = []
    bus.subscribe("mail", seen.append)
    bus.publish("mail", "hello", sender="ann")
    assert [(message.body, message.headers) for message in seen] == [("hello", {"sender": "ann"})]


def test_only_wanted_messages(bus):
    seen = []

    @bus.on("mail", where=lambda message: message.body > 2)
    def note(message):
        seen.append(message.body)

    for number in range(5):
        bus.publish("mail", number)
    assert seen == [3, 4]
    assert bus.delivered == 2


def test_unsubscribe(bus):
    seen = []
    bus.subscribe("mail", seen.append)
    assert bus.unsubscribe("mail", seen.append)
    bus.publish("mail", 1)
    assert seen == []


def test_once(bus):
    seen = []
    bus.subscribe("mail", seen.append, once=True)
    bus.publish("mail", 1)
    bus.publish("mail", 2)
    assert [message.body for message in seen] == [1]


def test_a_stranger(bus):
    assert not bus.unsubscribe("mail", print)
