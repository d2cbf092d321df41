"""A wrong string: a key, separator or word that the code around also uses, or one slightly off."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from difflib import SequenceMatcher

from repairlsp.generate.templates.registry import in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text, replace_node


@template(
    "wrong-string",
    source="TBar FP9.1 (mutate literal expression)",
    examples=[
        in_function(
            "def swap(d):",
            'd["first"] = d["second"]\nreturn d["first"]',
            'd["first"] = d["second"]\nreturn d["second"]',
        ),
        in_function("def csv(xs):", "return ''.join(xs)", "return ','.join(xs)"),
        in_function("def words(s):", "return s.split(' ')", "return s.split()"),
        in_function("def mode(path):", "return open(path, 'r')", "return open(path, 'w')"),
        in_function("def flag(s):", 'return s == "Yes"', 'return s == "yes"'),
        in_function(
            "def tag(x):",
            "return f'{x}' if x == 'a' else 'b'",
            "return f'{x}' if x == 'b' else 'b'",
        ),
    ],
)
def wrong_string(target: Target) -> Iterator[Rewrite]:
    near = [
        node.value
        for node in target.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    for node in target.select(ast.Constant):
        written = node_text(node, target.lines)
        if not isinstance(node.value, str) or len(node.value) > 40 or written[:1] not in "'\"":
            continue
        if "\n" in written or written[:3] in ('"""', "'''"):
            continue
        weights: dict[str, float] = dict.fromkeys(near, 1.5)
        for other, count in target.vocabulary.strings.items():
            alike = SequenceMatcher(None, other, node.value, autojunk=False).quick_ratio()
            share = 0.2 if alike > 0.5 or not node.value else 0.03
            weights.setdefault(other, share * min(count, 3))
        weights |= _variants(node.value)
        weights.pop(node.value, None)
        for value, weight in weights.items():
            if len(value) <= 40 and weight > 0:
                yield Rewrite(node, (replace_node(node, _quoted(value, written[0])),), weight)
        parent = target.parent(node)
        if isinstance(parent, ast.Call) and parent.args == [node] and node.value == " ":
            yield Rewrite(node, (replace_node(node, ""),), 1.0)  # `split(" ")` for `split()`


def _variants(value: str) -> dict[str, float]:
    found = {value.lower(): 0.8, value.upper(): 0.5, value.capitalize(): 0.3, value.strip(): 0.8}
    if len(value) <= 1:
        found |= {"": 0.8, " ": 0.8, ",": 0.5, "\n": 0.5, "_": 0.3, "-": 0.3, ".": 0.3, "/": 0.2}
        found |= {":": 0.2, ", ": 0.3, "r": 0.1, "w": 0.1, "a": 0.1, "0": 0.2, "1": 0.1}
        if value in ("r", "w", "a"):
            found |= {"r": 1, "w": 1, "a": 1, "rb": 0.5, "wb": 0.5}
    else:
        found |= {value + " ": 0.2, " " + value: 0.1, value + "s": 0.2, value + "\n": 0.1}
        if value.endswith("s"):
            found[value[:-1]] = 0.3
        if value == ", ":
            found |= {",": 1.0, " ": 0.5}
    return found


def _quoted(value: str, quote: str) -> str:
    """The literal with the quote that the code has there."""
    written = repr(value)
    if quote == '"' and written[0] == "'" and '"' not in value:
        return f'"{written[1:-1]}"'
    return written
