import pytest
from jobline import Handlers, Job, JobQueue, RetryPolicy, Runner


@pytest.fixture
def sent():
    return []


@pytest.fixture
def handlers(sent):
    made = Handlers()

    @made.on("mail", "text")
    def send(kind, payload):
        sent.append(f"{kind} to {payload['to']}")

    return made


@pytest.fixture
def runner(handlers):
    queue = JobQueue()
    queue.push(Job("1", "mail", payload={"to": "ann"}), 30)
    queue.push(Job("2", "text", payload={"to": "ben"}), 20)
    return Runner(queue, handlers, RetryPolicy(attempts=1))


def test_what_is_due(runner):
    assert runner.run(now=20) == 1
    assert runner.done == ["2"]


def test_in_order(runner, sent):
    assert runner.run(now=60) == 2
    assert sent == ["text to ben", "mail to ann"]


def test_jobs_that_nobody_does(handlers):
    queue = JobQueue()
    queue.push(Job("1", "fax"), 0)
    runner = Runner(queue, handlers, RetryPolicy(attempts=1))
    runner.run(now=1)
    assert runner.failed[0].error == "LookupError: nobody does fax"


def test_one_handler_for_each_kind(handlers):
    with pytest.raises(ValueError, match="text has a handler already"):
        handlers.on("text")(print)
