"""The first commit at which tests fail, between one where they pass and one where they do not.

git proposes the commits (`rev-list --bisect-all`, the one that halves the rest first), so merges
are treated as `git bisect` treats them; the tests run in the sandbox, in worktrees, and no state of
a bisection is left in the repository.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from repairlsp.ci.checkouts import Checkouts
from repairlsp.ci.rerun import Rerunner, passing
from repairlsp.ci.types import Culprit
from repairlsp.types import CancelToken

Answer = Literal["good", "bad", "unknown"]


def first_bad(
    tests: Sequence[str],
    good: str,
    bad: str,
    checkouts: Checkouts,
    rerun: Rerunner,
    stop: CancelToken,
) -> Culprit | None:
    """The commit that broke the tests; None where that was not found out before `stop`, or commits
    that say nothing (the tests are not in them, or cannot run) leave several possible.

    `good` is an ancestor of `bad`; every one of the tests passes at the one and fails at the other.
    Raises CancelledError.
    """

    def ask(commit: str) -> Answer:
        with checkouts.of(commit) as tree:
            run = rerun.at(tree, tests)
        if run.status not in ("passed", "failed"):
            return "unknown"
        passed = passing(run, tests)
        failed = {case.id for case in run.failing}
        if len(passed) == len(tests):
            return "good"
        return "bad" if failed.issuperset(set(tests) - passed) else "unknown"

    def between(goods: Sequence[str], worst: str) -> list[str]:
        """The commits that may be the first bad one, that which halves them first."""
        listed = checkouts.repository.run("rev-list", "--bisect-all", worst, "--not", *goods)
        return [line.split()[0] for line in listed.splitlines()]

    found = narrowed([good], bad, between, ask, stop)
    return Culprit(found, checkouts.repository.subject(found)) if found else None


def narrowed(
    goods: list[str],
    bad: str,
    between: Callable[[Sequence[str], str], list[str]],
    ask: Callable[[str], Answer],
    stop: CancelToken,
) -> str | None:
    """The first bad commit, by asking about few; None where it is not known when `stop` is set."""
    unknown: set[str] = set()
    while not stop.is_set():
        left = between(goods, bad)
        if left == [bad]:
            return bad
        asked = next((one for one in left if one not in unknown and one != bad), None)
        if asked is None:
            return None
        match ask(asked):
            case "good":
                goods = [*goods, asked]
            case "bad":
                bad = asked
            case "unknown":
                unknown.add(asked)
    return None
