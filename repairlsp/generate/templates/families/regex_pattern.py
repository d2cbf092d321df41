"""A regular expression that matches too much or too little."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from repairlsp.generate.templates.registry import Example, in_function, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.roles import last_name
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text, replace_node

_CALLS = ("compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer")
_LITERAL = re.compile(r"""(?s)([rRbBuU]{0,2})('''|\"\"\"|'|")(.*)\2\Z""")
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[:=!<][=!]?|.", re.DOTALL)
"""An escape, a class of characters, the head of a group, or a character."""


@template(
    "regex-pattern",
    source="Wang et al., Regex bugs (ICPC 2020): quantifiers, anchors, classes, escapes",
    examples=[
        in_function(
            "def names(text):",
            "return re.findall(r'<(.+)>', text)",
            "return re.findall(r'<(.+?)>', text)",
        ),
        in_function(
            "def number(text):",
            "return re.match(r'[0-9]+', text)",
            "return re.match(r'[0-9]+$', text)",
        ),
        in_function(
            "def version(text):",
            "return re.match(r'\\d+.\\d+', text)",
            "return re.match(r'\\d+\\.\\d+', text)",
        ),
        in_function(
            "def words(text):",
            "return re.findall(r'\\w', text)",
            "return re.findall(r'\\w+', text)",
        ),
        Example("_NAME = re.compile('a*')", "_NAME = re.compile('a+')"),
    ],
)
def regex_pattern(target: Target) -> Iterator[Rewrite]:
    for node in target.select(ast.Constant):
        call = target.parent(node)
        if not isinstance(node.value, str | bytes) or not isinstance(call, ast.Call):
            continue
        if last_name(call.func) not in _CALLS or call.args[:1] != [node]:
            continue
        literal = _LITERAL.match(node_text(node, target.lines))
        if literal is None or ("\\" in literal[3] and "r" not in literal[1].lower()):
            continue
        prefix, quote, pattern = literal.groups()
        for changed, weight in dict(_changes(pattern)).items():
            if _compiles(changed):
                yield Rewrite(node, (replace_node(node, prefix + quote + changed + quote),), weight)


def _changes(pattern: str) -> Iterator[tuple[str, float]]:
    tokens = _TOKEN.findall(pattern)

    def put(at: int, *new: str, instead: int = 1) -> str:
        return "".join([*tokens[:at], *new, *tokens[at + instead :]])

    for at, token in enumerate(tokens):
        behind = tokens[at + 1] if at + 1 < len(tokens) else ""
        if token in "*+?" and at and tokens[at - 1] not in "*+?(|":
            if token in "*+":
                turned = put(at, token, instead=2) if behind == "?" else put(at, token, "?")
                yield turned, 1.0
            for other in "*+?":
                if other != token:
                    yield put(at, other), 0.5
            yield put(at), 0.3
        elif token == "." and behind not in ("*", "+"):
            yield put(at, r"\."), 1.0
        elif (token[0] in "[." or token[:2] in _CLASSES) and behind not in ("*", "+", "?", "{"):
            yield put(at, token, "+"), 1.0
            yield put(at, token, "*"), 0.5
            yield put(at, token, "?"), 0.3
    yield pattern.removesuffix("$") if pattern.endswith("$") else pattern + "$", 0.7
    yield pattern.removeprefix("^") if pattern.startswith("^") else "^" + pattern, 0.7


_CLASSES = (r"\d", r"\w", r"\s", r"\D", r"\W", r"\S")


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True
