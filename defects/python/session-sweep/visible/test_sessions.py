import unittest

from sessions import SessionStore


class SessionStoreTest(unittest.TestCase):
    def setUp(self):
        self.ended = []
        self.store = SessionStore(idle=60, on_end=lambda session: self.ended.append(session.key))

    def test_a_use_keeps_a_session_alive(self):
        self.store.start("k1", "ann", now=0)
        self.assertIsNotNone(self.store.find("k1", now=50))
        self.assertIsNotNone(self.store.find("k1", now=100))
        self.assertIsNone(self.store.find("k1", now=160))

    def test_log_out(self):
        for key, user in [("k1", "ann"), ("k2", "ann"), ("k3", "bob")]:
            self.store.start(key, user, now=0)
        self.store.log_out("ann")
        self.assertEqual(self.ended, ["k1", "k2"])

    def test_sweep_after_a_long_night(self):
        for number in range(4):
            self.store.start(f"k{number}", "ann", now=number)
        self.assertEqual(self.store.sweep(now=1000), 4)
        self.assertEqual(len(self.store), 0)
