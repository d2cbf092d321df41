"""A module with functions of every kind, as the text that code is swapped into."""

MODULE = '''\
from __future__ import annotations

import datetime
import functools
from contextlib import contextmanager
from dataclasses import dataclass

RATE = 3


def plain(x: int, step: int = 1) -> int:
    """Add."""
    return x + step


def traced(function):
    @functools.wraps(function)
    def wrapper(*arguments):
        return function(*arguments) + 10
    return wrapper


@traced
def decorated(x):
    return x * 2


class Shape:
    """A shape."""

    sides = 4

    def __init__(self, width):
        self.width = width

    def area(self):
        return self.width * self.sides

    @property
    def double(self):
        return self.width * 2

    @staticmethod
    def zero():
        return 0

    @classmethod
    def unit(cls):
        return cls(1)

    class Inner:
        def deep(self):
            return "deep"


class Square(Shape):
    def area(self):
        return super().area() + 0


@dataclass(frozen=True)
class Point:
    x: int

    def moved(self):
        return Point(self.x + 1)


def counted(n):
    for i in range(n):
        yield i


async def later(x):
    return x


@contextmanager
def managed():
    yield "open"


def nested(values):
    def key(value):
        return -value
    return sorted(values, key=key)


def gathered(values):
    return [value + 1 for value in values if value]


def lazily(values):
    return sum(value for value in values)


def day():
    return datetime.datetime(2020, 1, 2).day


double, triple = lambda x: x * 2, lambda x: x * 3
same = [lambda x: x + 1, lambda x: x + 1]


def at_import(x):
    return x + 1


TWO = at_import(1)


def one_line(x): return x + 5


@functools.lru_cache(maxsize=None)
def cached(x):
    return x * 7


def last():
    return inspected()


def inspected():
    import inspect
    return inspect.currentframe().f_lineno
'''
