"""Templates over functions that nobody wrote for them."""

from __future__ import annotations

import ast

import pytest

from repairlsp.generate.templates import propose

from .functions import contexts_of, module_source

_QUICK = ["textwrap", "heapq", "contextlib"]
_MORE = ["shlex", "difflib", "asyncio.queues", "string", "fractions", "argparse", "statistics"]


def _check(module: str, every: int, limit: int) -> None:
    """Every candidate compiles, differs from the original, and is not seen twice."""
    source = module_source(module)
    original = source.text
    for number, context in enumerate(contexts_of(source, "m.py")):
        if number % every:
            continue
        seen = {original}
        for candidate in propose(source, context, limit=limit):
            patched = source.apply(candidate.edits).text
            assert patched not in seen, candidate
            seen.add(patched)
            ast.parse(patched)


@pytest.mark.parametrize("module", _QUICK)
def test_a_sample_of_functions(module: str) -> None:
    _check(module, every=10, limit=60)


@pytest.mark.slow
@pytest.mark.parametrize("module", _QUICK + _MORE)
def test_half_of_the_functions(module: str) -> None:
    _check(module, every=2, limit=300)
