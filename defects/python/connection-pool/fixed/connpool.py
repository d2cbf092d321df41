"""A pool of connections to one server, shared by threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol


class Connection(Protocol):
    broken: bool

    def close(self) -> None: ...


class PoolExhausted(Exception):
    """All connections that the pool may have are in use."""


class Pool:
    """At most `limit` connections, made by `connect` when they are needed.

    Connections that are given back are used again, the one used last first, unless they are
    broken.
    """

    def __init__(self, connect: Callable[[], Connection], limit: int = 5) -> None:
        self._connect = connect
        self._limit = limit
        self._idle: list[Connection] = []
        self._open = 0
        self._lock = threading.Lock()

    @property
    def available(self) -> int:
        """How many more connections can be taken right now."""
        with self._lock:
            return self._limit - self._open + len(self._idle)

    def take(self) -> Connection:
        """A connection, to be given back. Raises PoolExhausted, or the error of connecting."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if self._open == self._limit:
                raise PoolExhausted(f"all {self._limit} connections are in use")
            self._open += 1
        # Connecting can take seconds, so others are not kept waiting for it.
        try:
            return self._connect()
        except BaseException:
            with self._lock:
                self._open -= 1
            raise

    def give_back(self, connection: Connection) -> None:
        with self._lock:
            if not connection.broken:
                self._idle.append(connection)
                return
            self._open -= 1
        connection.close()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection for the time of a `with`."""
        connection = self.take()
        try:
            yield connection
        finally:
            self.give_back(connection)

    def close_idle(self) -> None:
        """Close the connections that nobody is using."""
        with self._lock:
            idle, self._idle = self._idle, []
            self._open -= len(idle)
        for connection in idle:
            connection.close()
