"""The wrong one of two related functions or methods: `min` for `max`, `append` for `extend`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import Splice, node_text, replace_node

# Any member of a group may have been meant for any other; the nearer in the row, the likelier.
_FUNCTIONS = (
    "min max sum len",
    "any all",
    "sorted reversed list tuple set",
    "sorted list",
    "set list frozenset",
    "dict list",
    "int float round",
    "int str",
    "str repr",
    "floor ceil round trunc",
    "isinstance issubclass",
    "zip zip_longest",
    "range enumerate",
    "ord chr",
    "map filter",
    "type isinstance",
    "getattr hasattr",
    "permutations combinations combinations_with_replacement product",
    "takewhile dropwhile filterfalse",
    "deepcopy copy",
    "nlargest nsmallest",
    "bisect_left bisect_right",
    "insort_left insort_right",
)
_METHODS = (
    "append extend insert add appendleft",
    "appendleft append",
    "extendleft extend",
    "pop popleft",
    "add update",
    "discard remove",
    "remove pop",
    "update setdefault",
    "keys values items",
    "get pop setdefault",
    "find index rfind",
    "rfind find rindex",
    "index count",
    "startswith endswith",
    "lower upper casefold title",
    "capitalize title upper lower",
    "strip lstrip rstrip",
    "rstrip lstrip strip",
    "lstrip removeprefix",
    "rstrip removesuffix",
    "copy deepcopy",
    "choices sample choice",
    "mean median mode",
    "log log2 log10 log1p exp",
    "isfinite isnan isinf",
    "gcd lcm",
    "permutations combinations combinations_with_replacement product",
    "takewhile dropwhile filterfalse",
    "nlargest nsmallest",
    "dumps dump",
    "loads load",
    "exists isfile isdir",
    "is_file is_dir exists",
    "basename dirname",
    "parent name stem suffix",
    "fromtimestamp utcfromtimestamp",
    "localtime gmtime",
    "now utcnow",
    "digest hexdigest",
    "start end span",
    "ljust rjust zfill",
    "notify notify_all",
    "commit rollback",
    "split rsplit splitlines partition",
    "partition rpartition",
    "removeprefix removesuffix",
    "isdigit isalpha isalnum isnumeric isdecimal",
    "isupper islower",
    "ljust rjust center",
    "union intersection difference symmetric_difference",
    "intersection union difference",
    "difference symmetric_difference intersection union",
    "issubset issuperset isdisjoint",
    "read readline readlines",
    "write writelines",
    "match search fullmatch findall",
    "search match fullmatch",
    "findall finditer search",
    "encode decode",
    "floor ceil",
    "sin cos",
    "heappush heappop heapify heappushpop",
    "bisect_left bisect_right",
    "join split",
    "most_common elements",
    "group groups groupdict",
    "sort reverse",
    "days seconds total_seconds",
)


def _neighbours(groups: tuple[str, ...]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for group in groups:
        words = group.split()
        for at, word in enumerate(words):
            for other_at, other in enumerate(words):
                if other != word:
                    near = 1 / abs(at - other_at)
                    row = found.setdefault(word, {})
                    row[other] = max(near, row.get(other, 0))
    return found


_NEAR_FUNCTIONS = _neighbours(_FUNCTIONS)
_NEAR_METHODS = _neighbours(_METHODS)


@template(
    "function-replaced",
    source="TBar FP10.1 / PAR Method Replacer; ManySStuBs Wrong Function Name",
    examples=[
        in_function("def top(xs):", "return min(xs)", "return max(xs)"),
        in_function("def flat(xs, out):", "out.append(xs)", "out.extend(xs)"),
        in_function("def first(q):", "return q.pop()", "return q.pop(0)"),
        in_function("def last(q):", "return q.pop(0)", "return q.pop()"),
        in_function("def where(s, x):", "return s.index(x)", "return s.find(x)"),
        in_function("def shift(xs, x):", "xs.append(x)", "xs.insert(0, x)"),
        in_function(
            "def good(xs):", "return any(x > 0 for x in xs)", "return all(x > 0 for x in xs)"
        ),
        in_function("def arrange(xs):", "xs.sort()\nreturn xs", "xs.reverse()\nreturn xs"),
        in_function("def low(x):", "return math.floor(x)", "return math.ceil(x)"),
    ],
)
def function_replaced(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Call):
        match node.func:
            case ast.Name(id=name):
                for other, weight in _NEAR_FUNCTIONS.get(name, {}).items():
                    if not target.has(node, {other}):
                        continue  # not imported by that name
                    yield Rewrite(node, (replace_node(node.func, other),), weight)
            case ast.Attribute(attr=name):
                for other, weight in _NEAR_METHODS.get(name, {}).items():
                    if other != "insert":
                        used = 2.0 if other in target.vocabulary.attributes else 1.0
                        yield Rewrite(node, (_renamed(node.func, other),), weight * used)
                yield from _at_the_other_end(target, node, node.func)
    for value in target.select(ast.Name):  # `key=len`, `map(int, x)`
        parent = target.parent(value)
        if not (isinstance(parent, ast.Call) and parent.func is value):
            for other, weight in _NEAR_FUNCTIONS.get(value.id, {}).items():
                yield Rewrite(value, (replace_node(value, other),), weight)


def _renamed(attribute: ast.Attribute, name: str) -> Splice:
    line, column = attribute.end_lineno, attribute.end_col_offset
    assert line is not None and column is not None
    return Splice(line, column - len(attribute.attr.encode()), line, column, name)


def _at_the_other_end(target: Target, call: ast.Call, func: ast.Attribute) -> Iterator[Rewrite]:
    """`pop()` and `pop(0)`, `append(x)` and `insert(0, x)`."""
    owner = node_text(func.value, target.lines)
    new = None
    match func.attr, call.args:
        case "pop", []:
            new = f"{owner}.pop(0)"
        case "pop", [ast.Constant() | ast.UnaryOp()]:
            new = f"{owner}.pop()"
        case "append", [item]:
            new = f"{owner}.insert(0, {node_text(item, target.lines)})"
        case "insert", [_, item]:
            new = f"{owner}.append({node_text(item, target.lines)})"
    if new and not call.keywords:
        yield Rewrite(call, (replace_node(call, new),), 1.0)
