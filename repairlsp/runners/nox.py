"""`nox`: what its sessions run, read from noxfile.py without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from repairlsp.errors import UsageError
from repairlsp.runners.words import is_python


def named(words: Sequence[str]) -> str | None:
    """The session that a nox command names, "" for the usual ones; None for other commands."""
    words = list(words)
    if len(words) > 2 and is_python(words[0]) and words[1:3] == ["-m", "nox"]:
        words = words[2:]
    if words[:1] != ["nox"]:
        return None
    for option, value in zip(words[1:], [*words[2:], ""], strict=False):
        if option in ("-s", "-e", "--session", "--sessions"):
            return value.partition("-")[0] if not value.isidentifier() else value
        if option.startswith("--session="):
            return option.partition("=")[2]
    return ""


def commands(project: Path, name: str = "") -> Iterator[tuple[str, ...]]:
    """What a session runs, all of them for "", as far as noxfile.py spells it out.

    Raises UsageError for a file that is no Python.
    """
    file = project / "noxfile.py"
    try:
        module = ast.parse(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return
    except (SyntaxError, ValueError, OSError) as error:
        raise UsageError(f"{file} cannot be read: {error}") from error
    for function in module.body:
        if isinstance(function, ast.FunctionDef) and _is_session(function):
            told = _name(function)
            if not name or name == told:
                yield from _runs(function)


def _is_session(function: ast.FunctionDef) -> bool:
    return any("session" in ast.unparse(decorator) for decorator in function.decorator_list)


def _name(function: ast.FunctionDef) -> str:
    for decorator in function.decorator_list:
        for keyword in decorator.keywords if isinstance(decorator, ast.Call) else ():
            if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                return str(keyword.value.value)
    return function.name


def _runs(function: ast.FunctionDef) -> Iterator[tuple[str, ...]]:
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "run":
            words = [word for argument in call.args for word in _words(argument)]
            env = next((keyword.value for keyword in call.keywords if keyword.arg == "env"), None)
            if words:
                yield (*_variables(env), *words)


def _variables(env: ast.expr | None) -> Iterator[str]:
    if isinstance(env, ast.Dict):
        for pair in zip(env.keys, env.values, strict=True):
            match pair:
                case ast.Constant(value=str(name)), ast.Constant(value=str(value)):
                    yield f"{name}={value}"


def _words(argument: ast.expr) -> Iterator[str]:
    """The words that an argument stands for. Of `*(session.posargs or ["tests"])`, which is how a
    default is written, the default; of what is computed nothing."""
    match argument:
        case ast.Constant(value=str(word)):
            yield word
        case ast.Starred(value=value):
            yield from _words(value)
        case ast.BoolOp(op=ast.Or(), values=[*_, last]):
            yield from _words(last)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            for item in items:
                yield from _words(item)
