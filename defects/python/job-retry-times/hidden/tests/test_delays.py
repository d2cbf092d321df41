import pytest
from jobline import Handlers, Job, JobQueue, RetryPolicy, Runner


def runner_of(queue, attempts=4):
    handlers = Handlers()

    @handlers.on("fail")
    def fail(kind, payload):
        raise RuntimeError(kind)

    @handlers.on("work")
    def work(kind, payload):
        pass

    return Runner(queue, handlers, RetryPolicy(attempts, first=10, factor=3))


@pytest.mark.parametrize("created", [0, 70, 500])
@pytest.mark.parametrize("late", [0, 3, 1000])
def test_each_delay_starts_at_the_failure(created, late):
    queue = JobQueue()
    runner = runner_of(queue)
    queue.push(Job("1", "fail", created=created), created + 5)
    now = created + 5 + late
    for delay in (10, 30, 90):
        assert runner.run(now) == 1
        assert queue.next_due() == now + delay
        assert runner.run(now + delay - 1) == 0
        now += delay + late
    assert runner.run(now) == 1
    assert queue.next_due() is None
    assert [job.attempts for job in runner.failed] == [4]


def test_an_old_job_is_tried_once_in_a_run():
    queue = JobQueue()
    runner = runner_of(queue)
    queue.push(Job("1", "fail", created=0), 0)
    queue.push(Job("2", "work", created=0), 0)
    assert runner.run(10_000) == 2
    assert runner.done == ["2"]
    assert runner.failed == []
    assert len(queue) == 1


def test_one_attempt():
    queue = JobQueue()
    runner = runner_of(queue, attempts=1)
    queue.push(Job("1", "fail", created=3), 4)
    assert runner.run(4) == 1
    assert [job.id for job in runner.failed] == ["1"]
    assert len(queue) == 0


def test_jobs_that_fail_keep_their_order():
    queue = JobQueue()
    runner = runner_of(queue)
    queue.push(Job("late", "fail", created=900), 1000)
    queue.push(Job("early", "fail", created=0), 0)
    runner.run(1000)
    assert [queue.pop(2000).id, queue.pop(2000).id] == ["early", "late"]
