import pytest
from connpool import Pool, PoolExhausted


class FakeConnection:
    def __init__(self):
        self.broken = False
        self.closed = False

    def close(self):
        self.closed = True


class Server:
    """Refuses connections while it is down."""

    def __init__(self):
        self.up = True
        self.made = 0

    def connect(self):
        if not self.up:
            raise ConnectionRefusedError
        self.made += 1
        return FakeConnection()


@pytest.fixture
def server():
    return Server()


def test_connections_are_used_again(server):
    pool = Pool(server.connect)
    for _ in range(3):
        with pool.connection():
            assert pool.available == 4
    assert server.made == 1


def test_exhausted(server):
    pool = Pool(server.connect, limit=1)
    with pool.connection(), pytest.raises(PoolExhausted):
        pool.take()


def test_after_the_server_was_down(server):
    pool = Pool(server.connect, limit=2)
    server.up = False
    for _ in range(2):
        with pytest.raises(ConnectionRefusedError):
            pool.take()
    server.up = True
    with pool.connection() as connection:
        assert not connection.closed


def test_broken_connections_are_closed(server):
    pool = Pool(server.connect)
    with pool.connection() as connection:
        connection.broken = True
    assert connection.closed
    assert pool.available == 5
