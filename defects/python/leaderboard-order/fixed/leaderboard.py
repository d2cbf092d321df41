"""Leaderboards of a quiz."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    player: str
    points: int
    seconds: float = 0.0


def ordered(scores):
    """Best first: by points, and where they are equal the faster one, then by name from A to Z."""
    return sorted(scores, key=lambda s: (-s.points, s.seconds, s.player.casefold()))


def ranked(scores):
    """(rank, score), best first. Equal points and times share a rank, and the next one is left
    out: 1, 2, 2, 4.
    """
    places = []
    for position, score in enumerate(ordered(scores), 1):
        if places:
            rank, above = places[-1]
            if (above.points, above.seconds) == (score.points, score.seconds):
                places.append((rank, score))
                continue
        places.append((position, score))
    return places


def best_per_player(scores):
    """The best score of each player, best first."""
    best = {}
    for score in ordered(scores):
        best.setdefault(score.player, score)
    return list(best.values())


def table(scores, limit=10):
    """The board as text, with at most `limit` rows."""
    rows = ranked(best_per_player(scores))[:limit]
    width = max((len(score.player) for _, score in rows), default=0)
    return "\n".join(
        f"{rank:>3}. {score.player:<{width}} {score.points:>6} {score.seconds:>7.1f} s"
        for rank, score in rows
    )
