import pytest
from jobqueue import Job, JobQueue, Priority


def say(word):
    return Job(word, lambda: word)


def test_urgent_jobs_come_first():
    queue = JobQueue()
    queue.put(say("later"), Priority.IDLE)
    queue.put(say("now"), Priority.URGENT)
    assert queue.peek().name == "now"
    assert queue.run_all() == ["now", "later"]


def test_jobs_of_one_priority():
    queue = JobQueue()
    for word in ("first", "second", "third"):
        queue.put(say(word))
    assert queue.run_all() == ["first", "second", "third"]


def test_a_job_that_fails():
    queue = JobQueue(max_attempts=2)
    queue.put(Job("broken", lambda: 1 // 0))
    assert queue.run_all() == []
    assert [(job.name, job.attempts) for job in queue.given_up] == [("broken", 2)]


def test_no_jobs():
    queue = JobQueue()
    assert queue.peek() is None
    with pytest.raises(IndexError):
        queue.get()
