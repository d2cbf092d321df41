"""How much of a function a model may have seen: its overlap with the training text.

Functions are compared by their syntax, not their text: comments, white space, docstrings,
decorators, annotations and the function's own name make no difference. The measure is the share of
a function's distinct runs of five tokens that one function of the training text has too, so 1.0 is
the same function (or a part of one), and copies with another name for a variable come out high.
"""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

_RUN = 5
_TOKEN = re.compile(r"\w+|[^\w\s]")


def overlaps(
    functions: Mapping[str, Sequence[str]], training: Iterable[Sequence[str]]
) -> dict[str, float]:
    """For each function (a key, and its lines) its largest overlap with one of `training`."""
    runs = {key: _runs(lines) for key, lines in functions.items()}
    holders: dict[int, list[str]] = defaultdict(list)
    for key, own in runs.items():
        for run in own:
            holders[run].append(key)
    largest = dict.fromkeys(functions, 0.0)
    for lines in training:
        shared = Counter(key for run in _runs(lines) for key in holders.get(run, ()))
        for key, count in shared.items():
            largest[key] = max(largest[key], count / len(runs[key]))
    return largest


def _runs(lines: Sequence[str]) -> frozenset[int]:
    """Hashes of all runs of five tokens of the normalised function; at least one."""
    tokens = _TOKEN.findall(normalised(lines))
    starts = range(max(1, len(tokens) - _RUN + 1))
    return frozenset(hash(tuple(tokens[start : start + _RUN])) for start in starts)


def normalised(lines: Sequence[str]) -> str:
    """A function's code as its syntax tree has it; its text where it does not parse."""
    text = textwrap.dedent("\n".join(lines))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return " ".join(text.split())
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            _strip(node)
        elif isinstance(node, ast.arg):
            node.annotation = None
    function = tree.body[0] if tree.body else None
    if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        function.name = "f"
    return ast.unparse(tree)


def _strip(node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    node.returns, node.decorator_list = None, []
    if ast.get_docstring(node, clean=False) is not None:
        node.body = node.body[1:] or [ast.Pass()]
