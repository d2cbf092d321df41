"""A missing or superfluous option: `reverse=True`, `start=1`, a flag turned the other way."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import replacing, text
from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice, node_text

_OPTIONS: dict[str, dict[str, float]] = {
    "sorted": {"reverse=True": 1.0},
    "sort": {"reverse=True": 1.0, "key=len": 0.3},
    "enumerate": {"start=1": 1.0},
    "zip": {"strict=True": 0.2},
    "print": {"end=''": 0.2},
    "split": {"maxsplit=1": 0.3},
    "dumps": {"sort_keys=True": 0.3},
    "open": {"encoding='utf-8'": 0.3},
    "round": {"ndigits=2": 0.2},
    "mkdir": {"exist_ok=True": 0.5, "parents=True": 0.5},
    "makedirs": {"exist_ok=True": 0.5},
}


@template(
    "keyword-flag",
    source="TBar FP10.3, FP10.4; PySStuBs Change Keyword Argument Used",
    examples=[
        in_function("def down(xs):", "return sorted(xs)", "return sorted(xs, reverse=True)"),
        in_function(
            "def up(xs, key):",
            "return sorted(xs, key=key, reverse=True)",
            "return sorted(xs, key=key)",
        ),
        in_function("def rank(xs):", "xs.sort()", "xs.sort(reverse=True)"),
        in_function("def winner(d):", "return max(d)", "return max(d, key=d.get)"),
        in_function("def winner(d):", "return max(d.values())", "return max(d, key=d.get)"),
        in_function("def number(xs):", "return enumerate(xs)", "return enumerate(xs, start=1)"),
        in_function(
            "def order(xs):",
            "return sorted(xs, key=lambda x: x)",
            "return sorted(xs, key=lambda x: -x)",
        ),
    ],
)
def keyword_flag(target: Target) -> Iterator[Rewrite]:
    for call in target.select(ast.Call):
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        given = {keyword.arg for keyword in call.keywords}
        for option, weight in _OPTIONS.get(name, {}).items():
            crowded = name == "enumerate" and len(call.args) > 1
            if option.partition("=")[0] not in given and not crowded:
                yield from _with_option(target, call, option, weight)
        if name in ("max", "min", "sorted") and "key" not in given and len(call.args) == 1:
            yield from _by_value(target, call)
        for at, keyword in enumerate(call.keywords):
            if keyword.arg in ("reverse", "start", "key", "default", "strict", "sep", "end"):
                yield _without(target, call, at)
            if keyword.arg == "key" and isinstance(keyword.value, ast.Lambda):
                body = keyword.value.body
                if isinstance(body, ast.Name | ast.Subscript | ast.Attribute | ast.Call):
                    yield replacing(target, body, f"-{text(target, body)}", 0.4, site=call)


def _by_value(target: Target, call: ast.Call) -> Iterator[Rewrite]:
    """The keys in the order of what they stand for: `max(d, key=d.get)`."""
    match call.args[0]:
        case ast.Name() | ast.Attribute() as table:
            yield from _with_option(target, call, f"key={text(target, table)}.get", 0.3)
        case ast.Call(
            func=ast.Attribute(value=ast.Name() | ast.Attribute() as table, attr="values" | "keys")
        ):
            function, box = node_text(call.func, target.lines), text(target, table)
            yield replacing(target, call, f"{function}({box}, key={box}.get)", 0.5)


def _with_option(target: Target, call: ast.Call, option: str, weight: float) -> Iterator[Rewrite]:
    assert call.end_lineno is not None and call.end_col_offset is not None
    if any(isinstance(argument, ast.GeneratorExp) for argument in call.args):
        return
    line, column = call.end_lineno, call.end_col_offset - 1
    before = target.lines[line - 1].encode()[:column].decode().rstrip()
    if before and not before.endswith(","):  # not a call over several lines
        comma = ", " if call.args or call.keywords else ""
        yield Rewrite(call, (Splice(line, column, line, column, comma + option),), weight)


def _without(target: Target, call: ast.Call, at: int) -> Rewrite:
    arguments = [text(target, argument) for argument in call.args]
    keywords = [
        node_text(keyword, target.lines)
        for other_at, keyword in enumerate(call.keywords)
        if other_at != at
    ]
    source = ", ".join([*arguments, *keywords])
    return replacing(target, call, f"{node_text(call.func, target.lines)}({source})", 0.5)
