import unittest

from jobline import Handlers, Job, JobQueue, RetryPolicy, Runner


class RetryTest(unittest.TestCase):
    def setUp(self):
        self.handlers = Handlers()
        self.queue = JobQueue()
        self.runner = Runner(self.queue, self.handlers, RetryPolicy(attempts=3, first=10))
        self.results = []

        @self.handlers.on("fetch")
        def fetch(kind, payload):
            result = self.results.pop(0)
            if result:
                raise result

    def test_done(self):
        self.results = [None]
        self.queue.push(Job("1", "fetch"), 0)
        self.assertEqual(self.runner.run(now=5), 1)
        self.assertEqual(self.runner.done, ["1"])

    def test_waits_before_it_tries_again(self):
        self.results = [OSError("busy"), None]
        self.queue.push(Job("1", "fetch", created=100), 100)
        self.assertEqual(self.runner.run(now=150), 1)
        self.assertEqual(self.queue.next_due(), 160)

    def test_gives_up(self):
        self.results = [OSError("busy"), OSError("busy"), OSError("gone")]
        self.queue.push(Job("1", "fetch"), 0)
        for now in (0, 1000, 2000):
            self.runner.run(now)
        self.assertEqual([job.error for job in self.runner.failed], ["OSError: gone"])

    def test_policy(self):
        policy = RetryPolicy(attempts=3, first=10, factor=2)
        self.assertEqual([policy.delay(n) for n in (1, 2, 3)], [10, 20, None])
