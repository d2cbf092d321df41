#!/usr/bin/env python3
"""Do cautions tell patches that overfit from repairs, and which order puts repairs first?

    python eval/bench/overfitting.py --bugs 8

Plants bugs in the small functions of `overfitting.toml`, tries every candidate of the fix templates
against a few tests, and judges those that pass by comparing them with the original function on 400
other inputs. Needs the extra `[train]` for the bug operators.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import math
import os
import resource
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

from varied import Arguments, Behaviour, behaviours, function_of, varied

from repairlsp.generate import templates
from repairlsp.overfitting import Failure, cautions
from repairlsp.ranking import patch_size
from repairlsp.source import SourceText
from repairlsp.training import settings
from repairlsp.training.operators import OPERATORS, Function
from repairlsp.types import CoveredLine, LineSpan, RepairContext, TestCase, TestRun

FUNCTIONS = Path(__file__).with_suffix(".toml")
INPUTS = 400
MEMORY = 4 << 30


class Bug(NamedTuple):
    """A planted bug: the visible inputs with what they should give, and the hidden ones."""

    family: str
    original: str
    buggy: str
    visible: list[Arguments]
    expected: list[Behaviour]
    hidden: list[Arguments]
    wanted: list[Behaviour]


class Passing(NamedTuple):
    """A candidate that passes the visible tests."""

    bug: int
    diff: tuple[str, ...]
    source: str
    names: tuple[str, ...]
    grade: int
    size: tuple[int, int]
    score: float
    correct: bool


ORDERS: dict[str, Callable[[Passing], tuple[Any, ...]]] = {
    "score": lambda one: (-one.score,),
    "size, score": lambda one: (one.size, -one.score),
    "grade, score": lambda one: (one.grade, -one.score),
    "grade, size, score": lambda one: (one.grade, one.size, -one.score),
}


def bugs(source: str, calls: Sequence[str], count: int, rng: Random) -> Iterator[Bug]:
    """Bugs of different operators in one function that at least one call notices."""
    function = Function.parse(source.strip().split("\n"))
    original = function_of(source)
    assert function and original
    given: list[Arguments] = [ast.literal_eval(f"({call},)") for call in calls]
    hidden = [
        tuple(varied(value, rng) for value in rng.choice(given)) for _ in range(INPUTS)
    ] + given
    wanted = list(behaviours(original, hidden))
    weights = settings.load().samples.operators
    mutants = [
        (name, "\n".join(mutation.lines))
        for name in weights
        if not OPERATORS[name].described
        for mutation in OPERATORS[name].mutate(function, rng)
    ]
    rng.shuffle(mutants)
    families: Counter[str] = Counter()
    for family, buggy in mutants:
        mutant = function_of(buggy)
        if mutant is None or families[family] or families.total() >= count:
            continue
        wrong = [
            place
            for place, (one, other) in enumerate(
                zip(behaviours(mutant, hidden), wanted, strict=True)
            )
            if one != other and other[0] == "gave"
        ]
        if not wrong:
            continue
        families[family] += 1
        visible = list(given)
        if not any(place >= INPUTS for place in wrong):  # no given call notices it: one more test
            visible.append(hidden[wrong[0]])
        expected = list(behaviours(original, visible))
        yield Bug(family, source.strip(), buggy, visible, expected, hidden, wanted)


def passing(number: int, bug: Bug) -> Iterator[Passing]:
    """The candidates that pass all visible tests, the search's order first."""
    source = SourceText.from_text(bug.buggy + "\n")
    failure = failure_of(bug)
    executed = set().union(*(failure.coverage[test] for test in failure.failing))
    lines = {line: 1.0 for _, line in executed}
    context = RepairContext(
        "m.py", "f", LineSpan(1, len(source.lines) + 1), source.lines, lines or {2: 1.0}
    )
    seen = set()
    for candidate in sorted(templates.propose(source, context), key=lambda one: -one.score):
        edited = source.apply(candidate.edits)
        try:
            key = ast.dump(ast.parse(edited.text))
        except SyntaxError:
            continue
        function = None if key in seen else function_of(edited.text)
        seen.add(key)
        if function is None or list(behaviours(function, bug.visible)) != bug.expected:
            continue
        found = cautions("m.py", source, edited, failure)
        yield Passing(
            number,
            tuple(_diff(source, edited)),
            candidate.source,
            tuple(caution.name for caution in found),
            0 if not found else 1 + (found[0].grade == "silencing"),
            patch_size(candidate.edits, lambda path: source),
            candidate.score,
            list(behaviours(function, bug.hidden)) == bug.wanted,
        )


def failure_of(bug: Bug) -> Failure:
    """The failing tests, as they would be written and covered."""
    buggy = function_of(bug.buggy)
    assert buggy
    name = buggy.__name__
    got = list(behaviours(buggy, bug.visible))
    tests, cases, coverage = [], [], {}
    for number, (arguments, expected) in enumerate(zip(bug.visible, bug.expected, strict=True)):
        value = ast.literal_eval(_given(expected, arguments))
        call = f"{name}({', '.join(map(repr, arguments))})"
        tests.append(f"def test_{number}():\n    assert {call} == {value!r}\n")
        id = f"t.py::test_{number}"
        message = got[number][1] if got[number][0] == "raised" else "AssertionError"
        outcome = "passed" if got[number] == expected else "failed"
        cases.append(TestCase(id, outcome, message))  # type: ignore[arg-type]
        coverage[id] = frozenset(_executed(buggy, arguments))
    run = TestRun("failed", 1, tuple(cases), 0.1)
    text = SourceText.from_text("\n".join(tests))
    return Failure.of(run, coverage, lambda path: text)


def _given(behaviour: Behaviour, arguments: Arguments) -> str:
    """The result out of a behaviour, which the changed arguments follow."""
    text = behaviour[1]
    for end in range(len(text), 0, -1):
        try:
            ast.literal_eval(text[:end])
        except (SyntaxError, ValueError):
            continue
        return text[:end]
    return "None"


def _executed(function: Callable[..., Any], arguments: Arguments) -> Iterator[CoveredLine]:
    lines: set[int] = set()

    def trace(frame: Any, event: str, _: object) -> Any:
        if frame.f_code.co_filename != "candidate.py":
            return None
        lines.add(frame.f_lineno)
        return trace

    sys.settrace(trace)
    try:
        list(behaviours(function, [arguments]))
    finally:
        sys.settrace(None)
    yield from (CoveredLine("m.py", line) for line in lines)


def _diff(before: SourceText, after: SourceText) -> Iterator[str]:
    old, new = set(before.lines), set(after.lines)
    yield from (f"- {line}" for line in before.lines if line not in new)
    yield from (f"+ {line}" for line in after.lines if line not in old)


def report(found: Sequence[Passing], listed: str | None) -> None:
    """Print how many of each grade and check were repairs, and what each order puts first."""
    print(f"{'':24}{'repairs':>9}{'overfitting':>13}")
    for grade, name in enumerate(("no caution", "suspicious", "silencing")):
        _row(name, [one for one in found if one.grade == grade])
    for name in sorted({name for one in found for name in one.names}):
        _row(f"  {name}", [one for one in found if name in one.names])
    by_bug = defaultdict(list)
    for one in found:
        by_bug[one.bug].append(one)
    mixed = [group for group in by_bug.values() if len({one.correct for one in group}) == 2]
    print(f"\n{len(by_bug)} bugs with a passing candidate, {len(mixed)} of them with both kinds.")
    print("How often each order puts a repair first, among these:")
    chance = math.fsum(sum(one.correct for one in group) / len(group) for group in mixed)
    print(f"  {'any order':24}{chance:6.1f}")
    for name, key in ORDERS.items():
        first = sum(min(group, key=key).correct for group in mixed)
        print(f"  {name:24}{first:6}")
    for one in found:
        if listed == ("correct" if one.correct else "overfitting"):
            print("\n".join((f"\n{one.source} {', '.join(one.names)}", *one.diff)))


def _row(name: str, some: Sequence[Passing]) -> None:
    repairs = sum(one.correct for one in some)
    print(f"{name:24}{repairs:9}{len(some) - repairs:13}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bugs", type=int, default=8, help="per function, of different operators")
    parser.add_argument("--functions", default=FUNCTIONS, type=Path)
    parser.add_argument("--half", choices=("first", "second"), help="of the functions only")
    parser.add_argument("--list", choices=("correct", "overfitting"), help="print these patches")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    functions = tomllib.loads(options.functions.read_text())["function"]
    functions = {None: functions, "first": functions[::2], "second": functions[1::2]}[options.half]
    rng = Random(options.seed)
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        planted = [
            bug for one in functions for bug in bugs(one["source"], one["calls"], options.bugs, rng)
        ]
        found = [one for number, bug in enumerate(planted) for one in passing(number, bug)]
    print(f"{len(planted)} bugs in {len(functions)} functions")
    report(found, options.list)


if __name__ == "__main__":
    main()
