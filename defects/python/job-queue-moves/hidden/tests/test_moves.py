import random

import pytest
from jobline import Handlers, Job, JobQueue, RetryPolicy, Runner


def job(name, **payload):
    return Job(name, "k", payload=payload)


def test_put_off_again_and_again():
    queue = JobQueue()
    for due in (10, 20, 40, 30):
        queue.push(job("a"), due)
    assert len(queue) == 1
    assert queue.next_due() == 30
    assert queue.pop(29) is None
    assert queue.pop(30).id == "a"
    assert queue.pop(1000) is None
    assert queue.next_due() is None


def test_cancelled_and_pushed_again():
    queue = JobQueue()
    queue.push(job("a"), 10)
    assert queue.cancel("a")
    queue.push(job("a"), 20)
    assert queue.pop(15) is None
    assert queue.pop(20).id == "a"
    assert len(queue) == 0


def test_the_last_job_pushed_counts():
    queue = JobQueue()
    queue.push(job("a", n=1), 10)
    queue.push(job("a", n=2), 10)
    assert queue.pop(10).payload == {"n": 2}
    assert queue.pop(10) is None


@pytest.mark.parametrize("due", [5, 20])
def test_done_and_pushed_again(due):
    queue = JobQueue()
    queue.push(job("a"), 10)
    queue.push(job("a"), due)
    assert queue.pop(due).id == "a"
    queue.push(job("a"), 30)
    assert queue.pop(29) is None
    assert queue.pop(30).id == "a"


def test_moved_to_the_same_time_it_goes_to_the_end():
    queue = JobQueue()
    for name in "abc":
        queue.push(job(name), 10)
    queue.push(job("a"), 10)
    assert [queue.pop(10).id for _ in range(3)] == ["b", "c", "a"]


def test_like_a_sorted_list():
    random.seed(7)
    queue, places = JobQueue(), {}
    for number in range(3000):
        name, due = random.choice("abcdefgh"), random.randrange(50)
        step = random.random()
        if step < 0.5:
            queue.push(job(name), due)
            places[name] = (due, number)
        elif step < 0.6:
            assert queue.cancel(name) == (places.pop(name, None) is not None)
        else:
            first = min(places, key=places.get) if places else None
            assert queue.next_due() == (places[first][0] if places else None)
            popped = queue.pop(25)
            if first is None or places[first][0] > 25:
                assert popped is None
            else:
                assert popped.id == first
                del places[first]
        assert len(queue) == len(places)


def test_a_runner_runs_it_once():
    handlers = Handlers()
    handlers.on("k")(lambda kind, payload: None)
    queue = JobQueue()
    runner = Runner(queue, handlers, RetryPolicy())
    queue.push(job("a"), 10)
    queue.push(job("a"), 20)
    assert [runner.run(now) for now in (10, 19, 20, 30)] == [0, 0, 1, 0]
