"""An argument too many or too few."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.code import text
from repairlsp.generate.templates.names import Name, parameters
from repairlsp.generate.templates.parsing import Function
from repairlsp.generate.templates.registry import Example, in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.roles import last_name
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice, node_text


@template(
    "argument-list",
    source="TBar FP10.3, FP10.4 / PAR Parameter Adder and Remover; ManySStuBs More/Less Args",
    examples=[
        in_function("def up(n):", "return range(0, n)", "return range(n)"),
        in_function("def from_(low, high):", "return range(high)", "return range(low, high)"),
        in_function("def walk(tree, depth):", "return walk(tree)", "return walk(tree, depth)"),
        in_function("def show(x, end):", "print(x, end=end)", "print(x)"),
        in_function("def count(n):", "return range(n)", "return range(1, n)"),
        in_function(
            "def pairs(n):",
            "for i in range(n):\n    for j in range(n):\n        yield i, j",
            "for i in range(n):\n    for j in range(i + 1, n):\n        yield i, j",
        ),
        in_function("def top(d):", "return max(d)", "return max(d, default=0)"),
        in_function(
            "def both(a, b):",
            "a.save(1, force=b.on)\nb.save(1)",
            "a.save(1, force=b.on)\nb.save(1, force=b.on)",
        ),
        Example(
            "def open_(path, mode):\n    pass\n\nclass A:\n    def f(self, path):\n"
            "        return open_(path)",
            "def open_(path, mode):\n    pass\n\nclass A:\n    def f(self, path):\n"
            "        return open_(path, mode=self.mode)",
        ),
    ],
)
def argument_list(target: Target) -> Iterator[Rewrite]:
    functions = _functions(target)
    for call in target.select(ast.Call):
        if any(isinstance(argument, ast.GeneratorExp) for argument in call.args):
            continue
        yield from _dropped(target, call)
        yield from _added(target, call, functions)


def _functions(target: Target) -> dict[str, Function]:
    """The functions that a call may mean, by name: those of the module, its classes' methods."""
    found: dict[str, Function] = {}
    for statement in target.module.body:
        if isinstance(statement, ast.ClassDef):
            methods = [node for node in statement.body if isinstance(node, Function)]
            found |= {node.name: node for node in methods if node.name not in _COMMON}
            if constructor := found.pop("__init__", None):
                found[statement.name] = constructor
    found |= {node.name: node for node in target.module.body if isinstance(node, Function)}
    return found | {node.name: node for node in target.functions}


_COMMON = {
    "get", "pop", "add", "update", "append", "extend", "remove", "copy", "join", "split", "index",
    "count",
}  # fmt: skip
"""Names of methods that more classes have than this module's."""


def _written(target: Target, call: ast.Call) -> list[str]:
    """The arguments' texts, in source order."""
    values: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
    values.sort(key=lambda node: (node.lineno, node.col_offset))
    return [
        node_text(node, target.lines) if isinstance(node, ast.keyword) else text(target, node)
        for node in values
    ]


def _with(target: Target, call: ast.Call, arguments: list[str], weight: float) -> Rewrite:
    """The call with another list of arguments."""
    func = call.func
    assert func.end_lineno is not None and func.end_col_offset is not None
    assert call.end_lineno is not None and call.end_col_offset is not None
    source = f"({', '.join(arguments)})"
    start = (func.end_lineno, func.end_col_offset)
    before = target.lines[func.end_lineno - 1].encode()[func.end_col_offset :].decode()
    if before.lstrip().startswith(")"):  # `(f)(x)`
        weight = 0
    part = Splice(*start, call.end_lineno, call.end_col_offset, source)
    return Rewrite(call, (part,), weight)


def _dropped(target: Target, call: ast.Call) -> Iterator[Rewrite]:
    written = _written(target, call)
    if len(written) > 1:
        for at in range(len(written)):
            rest = written[:at] + written[at + 1 :]
            yield _with(target, call, rest, 0.3 if at + 1 < len(written) else 0.5)


def _added(target: Target, call: ast.Call, functions: dict[str, Function]) -> Iterator[Rewrite]:
    written = _written(target, call)
    for extra, weight in (*_known_extras(call), *_inner_start(target, call)):
        at = 0 if extra.startswith("^") else len(written)
        yield _with(target, call, [*written[:at], extra.lstrip("^"), *written[at:]], weight)
    yield from _as_elsewhere(target, call, written)
    name = last_name(call.func)
    callee = functions.get(name)
    missing = _missing(callee, call) if callee else 0
    if callee and missing > 0:
        yield from _by_signature(target, call, callee, written)
    if callee and missing <= 0:
        return
    weight = 0.7 if missing else 0.03
    for variable in _variables(target, call):
        if variable.id not in written:
            for at in {len(written), 0}:
                arguments = [*written[:at], variable.id, *written[at:]]
                yield _with(target, call, arguments, weight if at else weight / 2)
    if "self" in target.names(call) and "self" not in written:
        yield _with(target, call, ["self", *written], 0.1)
    if not written or missing > 0 or _arity(call) > len(written):
        for other in target.ingredients.by_home.get(target.function_of(call), ()):
            compound = isinstance(other.node, ast.Attribute | ast.Subscript | ast.Call)
            if compound and len(other.source) <= 25 and target.has(call, other.names):
                for at in {len(written), 0}:
                    yield _with(target, call, [*written[:at], other.source, *written[at:]], 0.02)


def _inner_start(target: Target, call: ast.Call) -> Iterator[tuple[str, float]]:
    """Where an inner loop over a range starts: at the outer one's variable, or behind it."""
    match call:
        case ast.Call(func=ast.Name(id="range"), args=[_]):
            for loop in target.ancestors(call):
                match loop:
                    case ast.For(iter=outer, target=ast.Name(id=name)) if outer is not call:
                        yield f"^{name} + 1", 0.3


def _as_elsewhere(target: Target, call: ast.Call, written: list[str]) -> Iterator[Rewrite]:
    """What other calls of the same function pass besides."""
    weights: dict[tuple[str, ...], float] = {}
    for passed in target.ingredients.calls.get(last_name(call.func), ()):
        theirs = [
            f"{each.keyword}={each.source}" if each.keyword else each.source
            for each in passed.arguments
        ]
        if len(theirs) <= len(written) or passed.line == call.lineno:
            pass
        elif all(one in theirs for one in written) and target.has(
            call, frozenset().union(*(each.names for each in passed.arguments))
        ):
            near = target.nearness(call, passed.arguments[0].home)
            weights[tuple(theirs)] = weights.get(tuple(theirs), 0.0) + 2.0 * near
        for each, text_ in zip(passed.arguments, theirs, strict=True):
            given = {keyword.arg for keyword in call.keywords}
            if text_ in written or (each.keyword and each.keyword in given):
                continue
            if target.has(call, each.names):
                at = len(written) if each.keyword else min(each.position, len(call.args))
                arguments = (*written[:at], text_, *written[at:])
                near = 0.5 * target.nearness(call, each.home)
                weights[arguments] = weights.get(arguments, 0.0) + near
    for arguments, weight in weights.items():
        yield _with(target, call, list(arguments), weight)


def _by_signature(
    target: Target, call: ast.Call, callee: Function, written: list[str]
) -> Iterator[Rewrite]:
    """Names in scope, or attributes of `self`, that are called as a parameter that is missing."""
    given = {keyword.arg for keyword in call.keywords}
    positional = [argument.arg for argument in (*callee.args.posonlyargs, *callee.args.args)]
    bound = 1 if positional[:1] in (["self"], ["cls"]) else 0
    missing = [*positional[bound + len(call.args) :]]
    names = target.names(call)
    for name in [*missing, *(argument.arg for argument in callee.args.kwonlyargs)]:
        if name in given:
            continue
        values = [(name, 2.0)] if name in names else []
        values += [(f"self.{name}", 1.0)] if "self" in names else []
        for value, weight in values:
            at = len(call.args)
            if [name] == missing[:1]:
                yield _with(target, call, [*written[:at], value, *written[at:]], weight)
            yield _with(target, call, [*written, f"{name}={value}"], weight)


def _known_extras(call: ast.Call) -> Iterator[tuple[str, float]]:
    """Arguments that calls of well-known functions lack."""
    match call:
        case ast.Call(func=ast.Name(id="range"), args=[_]):
            yield "^1", 0.5
        case ast.Call(func=ast.Name(id="range"), args=[_, _]):
            yield "-1", 0.4
            yield "2", 0.2
        case ast.Call(func=ast.Name(id="enumerate"), args=[_], keywords=[]):
            yield "1", 0.3
        case ast.Call(func=ast.Name(id="max" | "min"), args=[_], keywords=[]):
            yield "default=0", 0.3
            yield "default=None", 0.3
        case ast.Call(func=ast.Name(id="max" | "min" | "sorted"), args=[_], keywords=[]):
            yield "key=len", 0.2
        case ast.Call(func=ast.Name(id="next"), args=[_]):
            yield "None", 0.5
        case ast.Call(func=ast.Name(id="sum"), args=[_]):
            yield "[]", 0.1
        case ast.Call(func=ast.Name(id="getattr"), args=[_, _]):
            yield "None", 0.5
        case ast.Call(func=ast.Attribute(attr="get" | "pop"), args=[_], keywords=[]):
            for default in ("0", "None", "[]", "''", "False"):
                yield default, 0.3
        case ast.Call(func=ast.Attribute(attr="split" | "rsplit"), args=[_], keywords=[]):
            yield "1", 0.4


def _arity(call: ast.Call) -> int:
    """The least number of arguments of well-known functions."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    return {"getattr": 2, "hasattr": 2, "setattr": 3, "isinstance": 2, "map": 2}.get(name, 0)


def _missing(callee: Function, call: ast.Call) -> int:
    """How many more arguments the callee can take."""
    if callee.args.vararg or callee.args.kwarg:
        return 1
    taken = [argument.arg for argument in parameters(callee.args)]
    bound = 1 if taken[:1] in (["self"], ["cls"]) else 0
    return len(taken) - bound - len(call.args) - len(call.keywords)


def _variables(target: Target, call: ast.Call) -> list[Name]:
    names = target.names(call).variables()
    return [
        name
        for name in names
        if name.id not in ("self", "cls")
        and name.line <= call.lineno
        and "callable" not in name.kinds
    ]
