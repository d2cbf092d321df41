"""Texts about what a run found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from linkwatch.outcome import Outcome


def summary(outcomes: Iterable[Outcome]) -> str:
    """One line: `3 links work; 2 timed out; 1 refused`."""
    reasons = Counter(outcome.reason for outcome in outcomes)
    working = reasons.pop("", 0)
    parts = [f"{working} links work"]
    parts += [f"{count} {reason}" for reason, count in sorted(reasons.items())]
    return "; ".join(parts)


def broken_by_page(
    links: Mapping[str, Iterable[str]], outcomes: Mapping[str, Outcome]
) -> dict[str, list[Outcome]]:
    """The broken links of each page that has some, in the order in which the page has them."""
    found = {page: [outcomes[link] for link in held] for page, held in links.items()}
    broken = {page: [one for one in those if not one.works] for page, those in found.items()}
    return {page: those for page, those in broken.items() if those}
