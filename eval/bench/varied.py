"""Inputs like those given, and what two versions of a small function make of them."""

from __future__ import annotations

import copy
import signal
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

Arguments = tuple[Any, ...]
Behaviour = tuple[str, str]
"""How a call ended (`gave`, `raised`, `hung`), and what with."""

_SECONDS = 0.05
_HANGS = 2
"""A version that hung this often is taken to hang on all the rest."""


class _HungError(BaseException):
    """Not an Exception, or the function could catch it."""


def varied(value: Any, rng: Random) -> Any:
    """A value of the same type and shape, near to the given one or not so near."""
    match value:
        case bool():
            return rng.random() < 0.5
        case int():
            near = [value, value + 1, value - 1, value * 2, -value, 0, 1, 2]
            return rng.choice([*near, rng.randint(0, 12), rng.randint(-20, 120)])
        case float():
            return rng.choice([value, value * 2, value + 0.5, 0.0, float(rng.randint(-9, 99))])
        case str():
            return _varied_text(value, rng)
        case list() | tuple():
            return type(value)(_varied_items(list(value), rng))
        case dict():
            kept = {key: varied(item, rng) for key, item in value.items() if rng.random() < 0.9}
            return {varied(key, rng) if rng.random() < 0.2 else key: kept[key] for key in kept}
        case _:
            return value


def _varied_text(text: str, rng: Random) -> str:
    letters = list(text)
    for _ in range(rng.randint(0, 3)):
        place = rng.randrange(len(letters) + 1)
        match rng.randrange(3):
            case 0 if letters:
                letters.pop(min(place, len(letters) - 1))
            case 1:
                letters.insert(place, rng.choice([*text, *"abXe. ,_1"]))
            case _:
                letters = [letter.swapcase() for letter in letters]
    return "".join(letters)


def _varied_items(items: list[Any], rng: Random) -> list[Any]:
    changed = [varied(item, rng) if rng.random() < 0.6 else item for item in items]
    for _ in range(rng.randint(0, 2)):
        match rng.randrange(3):
            case 0 if changed:
                changed.pop(rng.randrange(len(changed)))
            case 1 if items:
                changed.insert(rng.randrange(len(changed) + 1), varied(rng.choice(items), rng))
            case _:
                rng.shuffle(changed)
    return changed


def function_of(text: str) -> Callable[..., Any] | None:
    """The one function that a source text defines; None when it cannot be run."""
    names: dict[str, Any] = {}
    try:
        exec(compile(text, "candidate.py", "exec"), names)
    except Exception:  # noqa: BLE001 - candidates are arbitrary code
        return None
    return next((value for name, value in names.items() if name != "__builtins__"), None)


def behaviours(function: Callable[..., Any], inputs: Sequence[Arguments]) -> Iterator[Behaviour]:
    """What the function does with each input, what it does to the arguments included."""
    hung = 0
    for arguments in inputs:
        if hung > _HANGS:
            yield "hung", ""
            continue
        behaviour = _behaviour(function, copy.deepcopy(arguments))
        hung += behaviour[0] == "hung"
        yield behaviour


def _behaviour(function: Callable[..., Any], arguments: Arguments) -> Behaviour:
    signal.signal(signal.SIGALRM, _hung)
    try:
        signal.setitimer(signal.ITIMER_REAL, _SECONDS)
        try:
            given = function(*arguments)
            if hasattr(given, "send"):
                given = "generator"
            return "gave", f"{given!r} {arguments!r}"
        except Exception as error:  # noqa: BLE001 - candidates are arbitrary code
            return "raised", type(error).__name__
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _HungError:  # out here, because it may come as late as in the `finally`
        return "hung", ""


def _hung(number: int, frame: object) -> None:
    raise _HungError
