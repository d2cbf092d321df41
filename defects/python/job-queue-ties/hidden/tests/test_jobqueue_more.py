import pytest
from jobqueue import Job, JobQueue, Priority


def say(word):
    return Job(str(word), lambda: word)


def test_many_jobs_of_three_priorities():
    queue = JobQueue()
    order = [Priority.NORMAL, Priority.URGENT, Priority.IDLE, Priority.URGENT, Priority.NORMAL] * 8
    for number, priority in enumerate(order, 1):
        queue.put(say(number), priority)
    expected = [number for _, number in sorted((p, n) for n, p in enumerate(order, 1))]
    assert queue.run_all() == expected


def test_names_do_not_decide():
    queue = JobQueue()
    for name in "zabyc":
        queue.put(say(name))
    assert queue.run_all() == list("zabyc")


def test_the_same_job_twice():
    queue, job = JobQueue(), say("x")
    queue.put(job)
    queue.put(job)
    assert len(queue) == 2
    assert queue.run_all() == ["x", "x"]


def test_a_failing_job_goes_behind_the_others():
    queue, seen = JobQueue(), []

    def flaky():
        seen.append("flaky")
        if seen.count("flaky") < 3:
            raise OSError
        return "done"

    queue.put(Job("flaky", flaky))
    for word in ("a", "b"):
        queue.put(Job(word, lambda word=word: seen.append(word)))
    queue.put(say("idle"), Priority.IDLE)
    assert queue.run_all() == ["done", "idle"]
    assert seen == ["flaky", "a", "b", "flaky", "flaky"]
    assert queue.given_up == []


def test_get_and_put_back():
    queue = JobQueue()
    queue.put(say("a"), Priority.IDLE)
    queue.put(say("b"), Priority.IDLE)
    priority, job = queue.get()
    assert (priority, job.name) == (Priority.IDLE, "a")
    queue.put(job, priority)
    assert queue.peek().name == "b"
    assert queue.run_all() == ["b", "a"]


def test_arguments():
    queue = JobQueue()
    queue.put(Job("add", lambda a, b: a + b, {"a": 1, "b": 2}))
    queue.put(Job("add", lambda a, b: a + b, {"a": 3, "b": 4}))
    assert queue.run_all() == [3, 7]
    with pytest.raises(IndexError):
        queue.run_next()
