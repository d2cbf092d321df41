import pytest
from connpool import Pool, PoolExhausted


class FakeConnection:
    broken = False
    closed = False

    def close(self):
        self.closed = True


def scripted(outcomes):
    """Connects, or raises, as the script says."""
    script = iter(outcomes)

    def connect():
        outcome = next(script)
        if outcome is not None:
            raise outcome
        return FakeConnection()

    return connect


@pytest.mark.parametrize("error", [OSError, TimeoutError, ValueError, KeyboardInterrupt])
def test_a_failed_attempt_takes_no_place(error):
    pool = Pool(scripted([error, error, error, None, None]), limit=2)
    for _ in range(3):
        with pytest.raises(error):
            pool.take()
        assert pool.available == 2
    pool.take()
    pool.take()
    assert pool.available == 0
    with pytest.raises(PoolExhausted):
        pool.take()


def test_an_attempt_between_others():
    pool = Pool(scripted([None, OSError("x"), None]), limit=2)
    first = pool.take()
    with pytest.raises(OSError):
        pool.take()
    second = pool.take()
    with pytest.raises(PoolExhausted):
        pool.take()
    pool.give_back(first)
    assert pool.take() is first
    pool.give_back(second)
    pool.give_back(first)
    assert pool.take() is first
    assert pool.available == 1


def test_an_attempt_that_counts_while_it_lasts():
    seen = []

    def connect():
        seen.append(pool.available)
        return FakeConnection()

    pool = Pool(connect, limit=3)
    pool.take()
    pool.take()
    assert seen == [2, 1]


def test_an_error_inside_of_with():
    pool = Pool(scripted([None]), limit=1)
    with pytest.raises(KeyError), pool.connection():
        raise KeyError("x")
    assert pool.available == 1


def test_close_idle():
    pool = Pool(scripted([None, None, None]), limit=2)
    first, second = pool.take(), pool.take()
    pool.give_back(first)
    pool.close_idle()
    assert (first.closed, second.closed) == (True, False)
    assert pool.available == 1
    assert pool.take() is not first
