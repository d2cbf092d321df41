"""Repairs of a text that does not parse, guided by the position that the compiler complains about.

Each repair changes one line; only those after which the whole file compiles become candidates, so
a file with two independent errors gets none. The kinds of repair follow what novices' and typing
errors are made of (Denny et al., ITiCSE 2012; Santos et al., SANER 2018): one token missing, one
too many, one for another, or wrong indentation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from repairlsp.generate.templates.parsing import compile_error
from repairlsp.generate.templates.registry import Example
from repairlsp.source import SourceText
from repairlsp.types import Candidate, Edit, LineSpan, RepairContext

_OPENERS = {"(": ")", "[": "]", "{": "}"}
_CLOSERS = {closer: opener for opener, closer in _OPENERS.items()}
_HEADER = re.compile(
    r"\s*(async\s+)?(if|elif|else|for|while|def|class|try|except|finally|with|match|case)\b"
)
_CONDITION = re.compile(r"^\s*(if|elif|while|assert|return)\b")
# Words and signs of other languages.
_FOREIGN = (
    (re.compile(r"\belse\s+if\b"), "elif"),
    (re.compile(r"\belse?if\b"), "elif"),
    (re.compile(r"\s*&&\s*"), " and "),
    (re.compile(r"\s*\|\|\s*"), " or "),
    (re.compile(r"!(?!=)\s*"), "not "),
    (re.compile(r"\+\+\s*;?"), " += 1"),
    (re.compile(r"--\s*;?$"), " -= 1"),
    (re.compile(r"=>"), ">="),
    (re.compile(r"=<"), "<="),
    (re.compile(r"=!"), "!="),
    (re.compile(r"<>"), "!="),
    (re.compile(r"===?"), "="),
    (re.compile(r"==="), "=="),
    (re.compile(r"!=="), "!="),
    (re.compile(r"\bnot\s+is\b"), "is not"),
    (re.compile(r"\bprint\s+(.+)$"), r"print(\1)"),
    (re.compile(r"\bcatch\b"), "except"),
    (re.compile(r"\bfunction\b"), "def"),
    (re.compile(r"\bnew\s+"), ""),
)
_ASSIGNED = re.compile(r"(?<![=!<>:+\-*/%&|^])=(?!=)")

EXAMPLES = (
    Example("def f(x)\n    return x", "def f(x):\n    return x"),
    Example("def f(x):\n    return (x + 1\n", "def f(x):\n    return (x + 1)\n"),
    Example("def f(x):\n    return len(x))", "def f(x):\n    return len(x)"),
    Example("def f(x):\n    return [x, (1]", "def f(x):\n    return [x, (1)]"),
    Example("def f(x):\n    return [x)", "def f(x):\n    return [x]"),
    Example("def f(x):\n    return 'a + x", "def f(x):\n    return 'a' + x"),
    Example("def f(x):\n    if x = 1: return 2", "def f(x):\n    if x == 1: return 2"),
    Example("def f(x):\nreturn x", "def f(x):\n    return x"),
    Example("def f(x):\n    y = x\n      return y", "def f(x):\n    y = x\n    return y"),
    Example("def f(x):\n    return [1 x]", "def f(x):\n    return [1, x]"),
    Example("def f(x):\n    return x && 1", "def f(x):\n    return x and 1"),
    Example(
        "def f(x):\n    if x:\n        return 1\n    else if 2:\n        return 3",
        "def f(x):\n    if x:\n        return 1\n    elif 2:\n        return 3",
    ),
    Example("def f(x):\n    x++\n    return x", "def f(x):\n    x += 1\n    return x"),
    Example(
        "def f(x):\n    while x:\n    x = g(x\n    return x",
        "def f(x):\n    while x:\n    x = g(x\n    return x",
    ),
    Example("def f(é, x):\n    return 'é' x", "def f(é, x):\n    return 'é', x"),
)  # fmt: skip
"""Before and after; a text with two errors stays as it is."""


class _Error(NamedTuple):
    line: int
    column: int
    """From 0, in characters."""
    message: str


class _Repair(NamedTuple):
    line: int
    new: str
    weight: float


def repair_syntax(source: SourceText, context: RepairContext, *, limit: int) -> Iterator[Candidate]:
    """Candidates after which the file compiles, likeliest first; none when it already does."""
    error = _error("\n".join(source.lines) + "\n")
    if error is None:
        return
    found = [repair for line in _near(source, error) for repair in _repairs(source, line, error)]
    found.sort(key=lambda repair: -repair.weight)
    seen: set[tuple[int, str]] = set()
    for line, new, weight in found:
        if (line, new) in seen or new == source.lines[line - 1]:
            continue
        seen.add((line, new))
        edit = Edit(context.path, LineSpan(line, line + 1), (new,) if new.strip() else ())
        if compile_error("\n".join(source.apply([edit]).lines) + "\n") is None:
            yield Candidate((edit,), "template:syntax", score=math.log(weight))
            limit -= 1
            if limit <= 0:
                return


def _error(text: str) -> _Error | None:
    error = compile_error(text)
    if error is None:
        return None
    return _Error(error.lineno or 1, max((error.offset or 1) - 1, 0), error.msg)


def _near(source: SourceText, error: _Error) -> list[int]:
    """The line of the error, the ones with text before it, and the one after it."""
    last = len(source.lines)
    line = min(error.line, last)
    near = [line]
    before = line - 1
    while before >= 1 and len(near) < 3:
        if source.lines[before - 1].strip():
            near.append(before)
        before -= 1
    if line < last:
        near.append(line + 1)
    return [line for line in near if line >= 1]


def _repairs(source: SourceText, line: int, error: _Error) -> Iterator[_Repair]:
    text = source.lines[line - 1]
    here = line == error.line
    share = 1.0 if here else 0.3
    code = _without_comment(text)
    tail = text[len(code) :]
    for new, weight in _line_repairs(code):
        yield _Repair(line, new + tail, weight * share)
    if here:
        for new, weight in _at(text, min(error.column, len(text))):
            yield _Repair(line, new, weight)
    for indent in _indents(source, line):
        weight = 0.8 if "indent" in error.message else 0.05
        yield _Repair(line, indent + text.lstrip(), weight * share)
    yield _Repair(line, "", 0.02 * share)


def _line_repairs(code: str) -> Iterator[tuple[str, float]]:
    """Repairs that need no position."""
    if _HEADER.match(code) and not code.endswith(":"):
        yield code.rstrip(";,.{ ") + ":", 0.9
        yield code + "):", 0.3
    if _CONDITION.match(code):
        for match in _ASSIGNED.finditer(code):
            yield f"{code[: match.start()]}=={code[match.end() :]}", 0.6
    for pattern, replacement in _FOREIGN:
        new = pattern.sub(replacement, code).rstrip()
        if new != code:
            yield new, 0.5
    yield from _brackets(code)
    yield from _quotes(code)


def _brackets(code: str) -> Iterator[tuple[str, float]]:
    stack: list[tuple[str, int]] = []
    for at, sign in _signs(code):
        if sign in _OPENERS:
            stack.append((sign, at))
        elif stack and stack[-1][0] == _CLOSERS[sign]:
            stack.pop()
        else:
            yield code[:at] + code[at + 1 :], 0.7
            if stack:
                closer = _OPENERS[stack[-1][0]]
                yield code[:at] + closer + code[at:], 0.7
                yield code[:at] + closer + code[at + 1 :], 0.5
            return
    closing = "".join(_OPENERS[sign] for sign, _ in reversed(stack))
    if not closing:
        return
    ends_block = code.endswith(":")
    yield (code[:-1] + closing + ":" if ends_block else code + closing), 0.9
    for sign, at in stack:
        yield code[:at] + code[at + 1 :], 0.3
        for place in range(at + 1, len(code)):  # before a comma, an operator, a colon
            if code[place] in " ,:.+-*/%=<>)]}":
                yield code[:place] + _OPENERS[sign] + code[place:], 0.2


def _quotes(code: str) -> Iterator[tuple[str, float]]:
    for quote in "'\"":
        if code.count(quote) % 2 == 0:
            continue
        yield code + quote, 0.6
        first = code.index(quote)
        yield code[:first] + code[first + 1 :], 0.2
        for place in range(len(code) - 1, first, -1):
            if not code[place].isalnum():
                yield code[:place] + quote + code[place:], 0.4
        for place in range(first):
            if code[place] in "([{ ,=":
                yield code[: place + 1] + quote + code[place + 1 :], 0.2


def _at(text: str, column: int) -> Iterator[tuple[str, float]]:
    """Repairs at, or around, the column of the error."""
    for place in {column, _token_end(text, column)}:
        before, after = text[:place].rstrip(), text[place:].lstrip()
        gap = " " if after else ""
        yield f"{before},{gap}{after}", 0.5
        yield f"{before}:{gap}{after}", 0.1
        for word in ("in", "as", "=", "+", "and", "is", "."):
            joint = word if word == "." else f" {word} "
            yield f"{before}{joint}{after}", 0.04
    end = _token_end(text, column)
    yield text[:column] + text[end:].lstrip(" "), 0.2
    start = _token_start(text, column)
    yield text[:start] + text[column:], 0.15


def _token_end(text: str, column: int) -> int:
    match = re.compile(r"\w+|\W").match(text, column)
    return match.end() if match else column


def _token_start(text: str, column: int) -> int:
    match = re.search(r"(\w+|[^\w\s])\s*$", text[:column])
    return match.start() if match else column


def _indents(source: SourceText, line: int) -> list[str]:
    """Indentations of the lines before, and one level more."""
    found: list[str] = []
    step = "\t" if any(text.startswith("\t") for text in source.lines) else "    "
    for text in reversed(source.lines[max(0, line - 12) : line - 1]):
        if text.strip():
            indent = text[: len(text) - len(text.lstrip())]
            if not found and text.rstrip().endswith(":"):
                found.append(indent + step)
            found.append(indent)
    return list(dict.fromkeys(found))[:5]


def _without_comment(text: str) -> str:
    """The line without a comment at its end, and without the blanks before that."""
    quote = ""
    for at, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign == "#":
            return text[:at].rstrip()
    return text.rstrip()


def _signs(code: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The brackets of a line, with their places, outside of string literals."""
    quote = ""
    for at, sign in enumerate(code):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in _OPENERS or sign in _CLOSERS:
            yield at, sign
