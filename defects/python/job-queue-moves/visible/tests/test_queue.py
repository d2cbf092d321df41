import pytest
from jobline import Job, JobQueue


@pytest.fixture
def queue():
    made = JobQueue()
    made.push(Job("report", "report"), 30)
    made.push(Job("backup", "backup"), 10)
    made.push(Job("mail", "mail"), 30)
    return made


def taken(queue, now):
    ids = []
    while (job := queue.pop(now)) is not None:
        ids.append(job.id)
    return ids


def test_order(queue):
    assert queue.next_due() == 10
    assert taken(queue, 29) == ["backup"]
    assert taken(queue, 30) == ["report", "mail"]


def test_cancel(queue):
    assert queue.cancel("backup")
    assert not queue.cancel("backup")
    assert queue.next_due() == 30
    assert len(queue) == 2


def test_put_off(queue):
    queue.push(Job("backup", "backup"), 50)
    assert len(queue) == 3
    assert queue.next_due() == 30
    assert taken(queue, 49) == ["report", "mail"]


def test_done_earlier(queue):
    queue.push(Job("mail", "mail"), 5)
    assert taken(queue, 100) == ["mail", "backup", "report"]
