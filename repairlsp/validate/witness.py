"""What the witness of a run saw (in_pytest/repairlsp_witness.py), against what was reported."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from repairlsp.types import TestCase
from repairlsp.validate.signed import Forged, signed_lines

_RAN = ("passed", "failed")


class Reached(NamedTuple):
    """A line of the project that did `event`, an audit event of Python's."""

    event: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Witness:
    """`raised` says for each test which of its phases ended with an exception, the last time that
    it ran; `codes` what its function is made of. `tampered` names what was replaced in the test
    runner, `reached` where the project did what few programs do and no repair needs. `is_whole`:
    signed, and seen to the end.

    `sees_tests`: it saw how each test ended that ran, which it does not where tests run in
    processes of their own, or in a runner that is not pytest's. `bodies_decide`: no test passed
    though its function raised, as some plugins have it.
    """

    raised: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    tampered: frozenset[str] = frozenset()
    reached: tuple[Reached, ...] = ()
    is_whole: bool = False
    sees_tests: bool = False
    bodies_decide: bool = False

    def beside(self, cases: Collection[TestCase]) -> Witness:
        """The same, of a run that reported these cases."""
        passed = [case.id for case in cases if case.outcome == "passed"]
        return replace(
            self,
            sees_tests=all("call" in self.raised.get(c.id, ()) for c in cases if c.outcome in _RAN),
            bodies_decide=not any(self.raised.get(test, {}).get("body") for test in passed),
        )

    def replaced(self, known: Witness, files: Collection[str]) -> list[str]:
        """What was replaced in the test runner that was not in a run without a patch. Plugins of
        the project, a conftest.py say, may come and go with the tests, if they are of `files`."""
        names = self.tampered - known.tampered
        return sorted(name for name in names if _plugin_file(name) not in files)


def _plugin_file(name: str) -> str:
    """The path in `plugin PATH` and `plugin PATH for HOOK`; empty for other names."""
    return name.removeprefix("plugin ").partition(" for ")[0] if name.startswith("plugin ") else ""


def contradiction(cases: Iterable[TestCase], now: Witness, before: Witness) -> str | None:
    """What the report of a run says and the witness did not see; None where they agree. `before`
    is of the run before any patch, which says how much can be seen."""
    if not before.sees_tests:
        return None
    if not now.is_whole:
        return "the test run was tampered with: its end was not seen"
    for case in cases:
        if case.outcome != "passed":
            continue
        raised = {**now.raised.get(case.id, {})}
        if not before.bodies_decide:
            raised.pop("body", None)
        if "call" not in raised or any(raised.values()):
            return f"the test run was tampered with: {case.id} was not seen to pass"
        if case.id in before.codes and now.codes.get(case.id) != before.codes[case.id]:
            return f"the test run was tampered with: {case.id} was not run as it is"
    return None


def read_witness(path: Path, key: str) -> Witness:
    """Read what was signed with `key`; also what ends in the middle."""
    raised: dict[str, dict[str, bool]] = {}
    codes: dict[str, str] = {}
    tampered: set[str] = set()
    reached: list[Reached] = []
    is_whole = False
    try:
        for line in signed_lines(path, key):
            is_whole = line == ["exit"]
            _take(line, raised, codes, tampered, reached)
    except (Forged, FileNotFoundError):
        is_whole = False
    return Witness(raised, codes, frozenset(tampered), tuple(reached), is_whole)


def _take(
    line: Any,
    raised: dict[str, dict[str, bool]],
    codes: dict[str, str],
    tampered: set[str],
    reached: list[Reached],
) -> None:
    match line:
        case ["ended", str(test), str(phase), bool(said), str(code)]:
            raised.setdefault(test, {})[phase] = said
            if code:
                codes[test] = code
        case ["tampered", *names]:
            tampered.update(names)
        case ["reached", str(event), str(path), int(number)]:
            reached.append(Reached(event, path, number))
