"""Bugs that keep the function from compiling, with the compiler's own message."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from random import Random

from repairlsp.training.operators.registry import Function, Mutation, operator

_TOKEN = re.compile(r"[()\[\]{}:,]|\"|'|==|\b(?:in|not|else|import|return|def|for|if|while)\b")
_SLIPS = ("", "", "", "(", ")", "]", ":", "=", ",")


def compiler_message(lines: tuple[str, ...]) -> str | None:
    """`SyntaxError: ...` as the compiler says it, None when the lines compile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile("\n".join(lines), "<function>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return f"{type(error).__name__}: {error.msg}"
    except (ValueError, RecursionError):
        return None
    return None


@operator("syntax", described=True)
def syntax(function: Function, rng: Random) -> Iterator[Mutation]:
    """A bracket, quote, colon, comma or keyword is lost, doubled or mistaken; a wrong indent."""
    lines = function.lines
    for _ in range(6):
        at = rng.randrange(len(lines))
        line = lines[at]
        text = line.lstrip()
        tokens = list(_TOKEN.finditer(line))
        if text and rng.random() < 0.12:
            wrong = line[: len(line) - len(text)] + rng.choice((" ", "    ")) + text
        elif tokens:
            token = rng.choice(tokens)
            slip = rng.choice((*_SLIPS, token.group() * 2, token.group()[:-1]))
            wrong = line[: token.start()] + slip + line[token.end() :]
        else:
            continue
        buggy = (*lines[:at], wrong, *lines[at + 1 :])
        if message := compiler_message(buggy):
            yield Mutation(buggy, message)
