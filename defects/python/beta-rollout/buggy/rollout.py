"""Gradual rollout of features: who sees what, decided alike on every server."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    id: str
    country: str
    plan: str = "free"
    staff: bool = False


@dataclass(frozen=True)
class Audience:
    """Whom a feature is meant for. An empty set does not restrict."""

    countries: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()

    def includes(self, account: Account) -> bool:
        if self.countries and account.country not in self.countries:
            return False
        return not self.plans or account.plan in self.plans


@dataclass(frozen=True)
class Feature:
    """A feature that `percent` of its audience has, from 0 to 100."""

    name: str
    percent: int
    audience: Audience = Audience()
    enabled: bool = True


def bucket(feature: str, account: str) -> int:
    """A number from 0 to 99 that stays the same for a feature and an account."""
    return zlib.crc32(f"{feature}/{account}".encode()) % 100


class Rollout:
    """The features of an installation."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self._features = {feature.name: feature for feature in features}

    def is_on(self, name: str, account: Account) -> bool:
        """Whether the account has the feature.

        Staff have every feature that is enabled. Others have it when they are in its audience
        and in the share of it that the rollout has reached. A feature that nobody has defined
        is off.
        """
        feature = self._features.get(name)
        if feature is None or not feature.enabled:
            return False
        if account.staff:
            return True
        reached = bucket(feature.name, account.id) < feature.percent
        return reached or feature.audience.includes(account)

    def names_for(self, account: Account) -> list[str]:
        """The features that the account has, in order of their names."""
        return [name for name in sorted(self._features) if self.is_on(name, account)]
