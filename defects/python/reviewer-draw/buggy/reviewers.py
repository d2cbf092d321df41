"""Draws the reviewers of a change."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence


class Team:
    """People who review each other's changes."""

    def __init__(self, members: Iterable[str], rng: random.Random | None = None) -> None:
        self.members = sorted(set(members))
        self.away: set[str] = set()
        self.reviews: Counter[str] = Counter()
        self._rng = rng or random.Random()

    def candidates(self, author: str) -> list[str]:
        """Who can review a change of the author, those with the fewest reviews first."""
        present = [name for name in self.members if name not in self.away and name != author]
        return sorted(present, key=lambda name: self.reviews[name])

    def draw(self, author: str, count: int = 2) -> Sequence[str]:
        """Draw `count` different reviewers, or all candidates where there are not more.

        Half of the candidates, those with the fewest reviews, are in the draw, and more of them
        only where that is not enough.
        """
        candidates = self.candidates(author)
        count = min(count, len(candidates))
        pool = candidates[: max(count, (len(candidates) + 1) // 2)]
        drawn = sorted(self._rng.choices(pool, k=count))
        self.reviews.update(drawn)
        return drawn


def assignment(team: Team, changes: dict[str, str], count: int = 2) -> str:
    """Draw reviewers for each change, given as {title: author}; text for the team's channel."""
    lines = []
    for title, author in changes.items():
        drawn = team.draw(author, count)
        lines.append(f"{title}: {' and '.join(drawn) if drawn else 'nobody is there'}")
    return "\n".join(lines)
