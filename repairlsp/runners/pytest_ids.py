"""A report of pytest's, with its own node ids: `tests/test_cart.py::TestTotal::test_empty[0]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from repairlsp.runners import dotted
from repairlsp.runners.junit import ReportedCase
from repairlsp.types import Outcome, TestCase, TestRun

_ESCAPED = re.compile(r"#x[0-9A-F]{2}")
"""How pytest spells what XML cannot hold (_pytest/junitxml.py, bin_xml_escape)."""
_WORST: tuple[Outcome, ...] = ("passed", "xpassed", "xfailed", "skipped", "failed", "error")


class EarlierRun(NamedTuple):
    """A run of pytest that was made elsewhere. `unknown` are the failing tests, in the report's
    words, that no file of the project holds; of others of that kind nothing is said."""

    run: TestRun
    unknown: tuple[str, ...]


def earlier_run(cases: Iterable[ReportedCase], folder: Path, below: str = "") -> EarlierRun:
    """The run behind a report, of the project in `folder`.

    pytest writes no ids, but `/` and `::` as dots (_pytest/junitxml.py, mangle_test_address):
    which dot is which is told by the files that are there. `below` is what the report may have put
    before the project's paths because pytest ran in a folder above it: `services/shop/`.
    """

    def is_file(path: str) -> bool:
        return (folder / path).is_file()

    found: dict[str, TestCase] = {}
    unknown = []
    for case in cases:
        fails = case.outcome in ("failed", "error")
        test = _node_id(case, is_file, below)
        if test is not None and _ESCAPED.search(test):
            test = test.partition("[")[0] if fails else None  # the function, all of its cases
        if test is None:
            if fails:
                unknown.append(f"{case.classname}.{case.name}".strip("."))
            continue
        before = found.get(test)
        # A test whose teardown fails is reported twice.
        if before is None or _WORST.index(case.outcome) > _WORST.index(before.outcome):
            found[test] = TestCase(test, case.outcome, case.message, seconds=case.seconds)
    tests = tuple(found.values())
    failed = any(case.outcome in ("failed", "error") for case in tests)
    seconds = sum(case.seconds for case in tests)
    run = TestRun("failed" if failed else "passed", None, tests, seconds)
    return EarlierRun(run, tuple(unknown))


def _node_id(case: ReportedCase, is_file: Callable[[str], bool], below: str) -> str | None:
    # A file that cannot be collected is a case without a class, with the file's name for its own.
    address = case.classname or case.name
    name = [case.name] if case.classname else []
    for prefix in ("", below) if below else ("",):
        path = case.file.removeprefix(prefix)
        if case.file.startswith(prefix) and path and is_file(path):
            module = case.file.removesuffix(".py").replace("/", ".")
            classes = address.removeprefix(module).strip(".")
            return "::".join([path, *filter(None, classes.split(".")), *name])
        dots = prefix.replace("/", ".")
        if address.startswith(dots):
            found = dotted.find(address.removeprefix(dots), is_file)
            if found is not None:
                return "::".join([found.path, *found.inside, *name])
    return None
