import unittest

from eventring import EventRing


def ring(capacity, events):
    made = EventRing(capacity)
    for event in events:
        made.record(event)
    return made


class EventRingTest(unittest.TestCase):
    def test_newest_of_a_full_ring(self):
        self.assertEqual(ring(4, "abcdef").tail(3), ["d", "e", "f"])

    def test_dropped(self):
        self.assertEqual(ring(4, "abcdef").dropped, 2)
        self.assertEqual(len(ring(4, "abcdef")), 4)

    def test_newest_of_many(self):
        self.assertEqual(ring(8, "abcd").tail(2), ["c", "d"])

    def test_report(self):
        self.assertEqual(ring(4, ["start", "load"]).report(), "- start\n- load")

    def test_capacity(self):
        with self.assertRaises(ValueError):
            EventRing(0)
