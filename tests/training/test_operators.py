"""Bug operators: each makes another program of a function, and never breaks what it should not."""

import ast
import json.decoder
import statistics
import textwrap
from collections.abc import Iterator
from inspect import getsource
from random import Random

import pytest

from repairlsp.training.operators import OPERATORS, Function, Mutation


def functions() -> Iterator[Function]:
    for module in (json.decoder, statistics, textwrap):
        lines = getsource(module).split("\n")
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, ast.FunctionDef):
                text = textwrap.dedent("\n".join(lines[node.lineno - 1 : node.end_lineno]))
                if function := Function.parse(text.split("\n")):
                    yield function


FUNCTIONS = tuple(functions())


def mutations(name: str) -> list[tuple[Function, Mutation]]:
    rng = Random(1)
    return [(f, made) for f in FUNCTIONS for made in OPERATORS[name].mutate(f, rng)]


@pytest.mark.parametrize("name", [name for name in OPERATORS if name != "await-dropped"])
def test_an_operator_finds_work_in_real_code(name: str) -> None:
    assert mutations(name)


@pytest.mark.parametrize("name", OPERATORS)
def test_a_message_comes_exactly_with_described_families(name: str) -> None:
    for _, made in mutations(name):
        assert bool(made.message) == OPERATORS[name].described


def test_the_compiler_really_says_the_message_of_a_syntax_bug() -> None:
    for _, made in mutations("syntax"):
        with pytest.raises(SyntaxError) as error:
            compile("\n".join(made.lines), "f", "exec")
        assert made.message == f"{error.type.__name__}: {error.value.msg}"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("comparison", "if n < 0:", {"if n <= 0:", "if n > 0:", "if n >= 0:"}),
        ("negation", "if not n:", {"if n:"}),
        ("boolean-operator", "if n and m:", {"if n or m:"}),
        ("call-dropped", "n = len(m)", {"n = m"}),
        ("arguments-swapped", "n = f(n, m)", {"n = f(m, n)"}),
        ("parentheses", "n = n * (m + 1)", {"n = n * m + 1"}),
        ("operands-swapped", "n = n - m", {"n = m - n"}),
    ],
)
def test_what_an_operator_does(name: str, before: str, after: set[str]) -> None:
    body = [f"    {before}", "        return m"] if before.endswith(":") else [f"    {before}"]
    function = Function.parse(["def f(n, m):", *body, "    return n"])
    assert function is not None
    made = {
        m.lines[1].strip()
        for seed in range(20)
        for m in OPERATORS[name].mutate(function, Random(seed))
    }
    assert made == after
