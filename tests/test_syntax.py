"""Threads that parse at the same time."""

from __future__ import annotations

import ast
import gc
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from repairlsp.syntax import parse, parse_expression

TEXT = "\n".join(
    f"def f{at}(a, b):\n    return [a + b * {at}, (a, b), {{'x': a}}]" for at in range(10)
)


@pytest.fixture
def much_happens_meanwhile() -> Iterator[None]:
    """Garbage is collected all the time, code runs when it is, and threads take turns often."""

    def some_code(phase: str, info: dict[str, int]) -> None:
        for _ in range(20):
            pass

    switch, thresholds = sys.getswitchinterval(), gc.get_threshold()
    gc.callbacks.append(some_code)
    gc.set_threshold(20)
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(switch)
    gc.set_threshold(*thresholds)
    gc.callbacks.remove(some_code)


@pytest.mark.usefixtures("much_happens_meanwhile")
def test_threads_do_not_disturb_each_other():
    """Python 3.11's own `ast.parse` fails here at once, with a SystemError."""
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(parse, [TEXT] * 10))
    assert [len(tree.body) for tree in found] == [10] * 10


def test_what_is_no_python_is_a_syntax_error():
    with pytest.raises(SyntaxError):
        parse("def f(:\n")
    with pytest.raises(SyntaxError):
        parse_expression("a = b")
    assert isinstance(parse_expression("a + b").body, ast.BinOp)
