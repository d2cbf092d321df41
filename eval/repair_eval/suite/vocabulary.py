"""The closed sets of words that describe a defect. `defects/README.md` shows them to authors."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, get_args

Language = Literal["python", "javascript", "typescript", "c", "java", "rust"]
Difficulty = Literal["easy", "medium", "hard"]
Shape = Literal["one-line", "multi-line", "multi-hunk", "multi-function", "multi-file"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)
SHAPES: tuple[Shape, ...] = get_args(Shape)

UNCLASSIFIED: Final = "unclassified"
FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "wrong-condition": "a condition asks the wrong question: operator, operand, negation",
        "missing-case": "a case that occurs is not handled: no guard, no branch, no default",
        "boundary": "the first, last, empty or equal case is on the wrong side",
        "wrong-computation": "a formula is wrong: operator, grouping, factor, sign, unit",
        "wrong-value": "a constant, literal or default is wrong",
        "wrong-variable": "another variable, attribute or key of a fitting type was meant",
        "wrong-call": "another function or method was meant",
        "wrong-argument": "an argument is missing, superfluous, swapped or of the wrong meaning",
        "missing-step": "a statement or call was forgotten, also a return",
        "wrong-order": "the right steps in the wrong order",
        "wrong-loop": "a loop visits too little, too much, or leaves at the wrong moment",
        "stale-state": "state is not reset, updated, restored or invalidated when it has to be",
        "aliasing": "two owners share what each should have: a missing copy, a mutable default",
        "binding": "a name is bound to the wrong thing: scope, shadowing, closures, `this`",
        "error-handling": "an error is swallowed, raised too late, or of the wrong kind",
        "conversion": "types or representations mixed up: text and bytes, units, rounding",
        "overflow-precision": "numbers beyond what their type or a float can hold",
        "text-syntax": "quoting, escaping, a regular expression or a format string is wrong",
        "concurrency": "a missing await or lock, interleaving, a lost wakeup",
        "resource": "something is not released, released twice, or used after its release",
        "api-misuse": "the contract of the language or its library was misread",
        "interface": "two parts of the program disagree about what is passed between them",
        "algorithm": "the method itself is wrong, and part of it has to be written anew",
        UNCLASSIFIED: "nobody has said: for imported and mined defects",
    }
)
"""What kind of mistake it is, whatever the language. After the bug-fix patterns of Pan, Kim and
Whitehead (Empirical Software Engineering 14, 2009), the single-statement bugs of Karampatsis and
Sutton (MSR 2020) and IBM's Orthogonal Defect Classification, put in words of this project."""

TRAITS: Mapping[str, str] = MappingProxyType(
    {
        "api": "leans on the standard library",
        "async": "coroutines, promises, event loops",
        "bits": "bit fields, binary formats",
        "caching": "a cache, memo or pool",
        "class": "methods and their state",
        "closure": "functions that make functions, callbacks, decorators",
        "concurrency": "threads, processes, locks",
        "configuration": "settings and their layers",
        "data-structure": "implements one: a tree, a ring, an index",
        "dates": "dates, times, durations, calendars",
        "events": "listeners, signals, publish and subscribe",
        "file-io": "reads or writes files",
        "formatting": "makes text for people: tables, numbers, wrapping",
        "generator": "generators and iterators",
        "geometry": "points, boxes, intervals in space",
        "graph": "dependencies, routes, references",
        "inheritance": "subclasses, overriding, traits, interfaces",
        "memory": "allocation, pointers, ownership",
        "money": "amounts, prices, shares",
        "numeric": "arithmetic is the point",
        "parsing": "reads a syntax",
        "project": "several modules that work together",
        "recursion": "a function that calls itself",
        "regex": "a regular expression",
        "scheduling": "plans what happens when, or in what order",
        "search": "finds, ranks, filters",
        "serialization": "objects to text or bytes and back",
        "sorting": "order, keys, comparison",
        "state-machine": "explicit states and transitions",
        "statistics": "counts, averages, histograms",
        "text": "strings are the point",
        "tree": "nested data",
        "unicode": "characters beyond ASCII",
        "validation": "checks input and says what is wrong",
    }
)
"""What the program around the mistake is like; a defect has any number of them."""
