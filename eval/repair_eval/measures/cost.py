"""What attempts and repairs cost, and from which volume on the other configuration is cheaper."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from repair_eval.measures.energy import energy
from repair_eval.measures.outcome import repaired
from repair_eval.measures.prices import Api, Owned, Prices, Rented
from repair_eval.measures.results import Results
from repair_eval.record import JOULES_PER_KWH

_SECONDS_PER_MONTH = 365.25 / 12 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Cost:
    """In the currency of the price table. `per_attempt` is what each attempt adds; `per_month` is
    due anyway, for each machine. `seconds` of a machine go into an attempt, 0 for an API. `basis`
    says what it was computed from, for people."""

    per_attempt: float
    per_month: float
    seconds: float
    basis: str

    @property
    def capacity(self) -> int | None:
        """Attempts that one machine makes in a month; None where there is no limit."""
        return int(_SECONDS_PER_MONTH / self.seconds) if self.seconds else None

    def month(self, attempts: float) -> float:
        """A month with so many attempts, with as many machines as they need."""
        machines = max(1, ceil(attempts * self.seconds / _SECONDS_PER_MONTH))
        return machines * self.per_month + attempts * self.per_attempt

    def thousand(self, attempts_per_month: int) -> float:
        """1,000 attempts of such a month."""
        return 1_000 * self.month(attempts_per_month) / attempts_per_month


@dataclass(frozen=True, slots=True)
class BreakEven:
    """From `attempts` a month on `cheaper` costs less, below them the other. 0: always; the two
    never meet where `attempts` is None, because they cost the same. `beyond_capacity`: one machine
    does not make so many, and then the figure is of no use."""

    attempts: float | None
    cheaper: str
    beyond_capacity: bool = False


def offer_name(results: Results) -> str:
    """The row of a price table that applies."""
    return results.configuration.hardware or results.run.machine.label


def cost(results: Results, prices: Prices) -> Cost | None:
    """None where the table has no row, the source tells no tokens and is paid by them, or nothing
    was attempted."""
    offer = prices.offers.get(offer_name(results))
    done = results.done
    if offer is None or not done:
        return None
    if isinstance(offer, Api):
        return _by_tokens(results, offer)
    seconds = sum(one.seconds for one in done) / len(done)
    if isinstance(offer, Rented):
        return Cost(offer.price_per_hour * seconds / 3_600, 0.0, seconds, "rented while it works")
    return _of_owned(results, offer, seconds, prices)


def _of_owned(results: Results, offer: Owned, seconds: float, prices: Prices) -> Cost:
    read = energy(results)
    joules = read.joules if read else offer.watts * seconds
    basis = f"owned, energy by {read.source}" if read else f"owned, {offer.watts:g} W while working"
    electricity = joules / JOULES_PER_KWH * prices.price_per_kwh
    return Cost(electricity, offer.price_per_month, seconds, basis)


def _by_tokens(results: Results, offer: Api) -> Cost | None:
    told = [
        one
        for one in results.done
        if one.prompt_tokens is not None and one.output_tokens is not None
    ]
    if not told:
        return None
    put_in = sum(one.prompt_tokens or 0 for one in told) / len(told)
    got_out = sum(one.output_tokens or 0 for one in told) / len(told)
    price = (put_in * offer.input_per_million + got_out * offer.output_per_million) / 1e6
    return Cost(price, 0.0, 0.0, "by the token")


def thousand_repairs(results: Results, priced: Cost, prices: Prices) -> float | None:
    """What 1,000 repaired defects cost, the attempts that repaired nothing included. None where
    nothing was repaired: no money buys one."""
    rate = repaired(results).value
    return priced.thousand(prices.attempts_per_month) / rate if rate else None


def break_even(first: tuple[str, Cost], second: tuple[str, Cost]) -> BreakEven:
    """Where the lines month = per_month + attempts x per_attempt of two configurations cross, one
    machine each."""
    (_, one), (_, other) = first, second
    steep, flat = (first, second) if one.per_attempt > other.per_attempt else (second, first)
    slope = steep[1].per_attempt - flat[1].per_attempt
    start = flat[1].per_month - steep[1].per_month
    if slope == 0:
        if start == 0:
            return BreakEven(None, "")
        cheap = min((first, second), key=lambda each: each[1].per_month)
        return BreakEven(0.0, cheap[0])
    attempts = max(0.0, start / slope)
    limits = [limit for _, each in (first, second) if (limit := each.capacity) is not None]
    return BreakEven(attempts, flat[0], attempts > min(limits, default=attempts))
