"""Spectrum formulas: how suspicious is a line, by how many tests of each kind executed it?

Each takes the failing and passing tests that executed the line, then all failing and all passing
ones, and returns a value in [0, 1]; 0 where no failing test went.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import sqrt
from types import MappingProxyType

Formula = Callable[[int, int, int, int], float]

_STAR = 2
"""Exponent of D*. The authors' own choice (section II.D) where nothing is known of the program."""


def ochiai(in_failing: int, in_passing: int, failing: int, passing: int) -> float:
    """ef / sqrt(F * (ef + ep)).

    Abreu, Zoeteweij, van Gemund: On the Accuracy of Spectrum-based Fault Localization, TAICPART
    2007, section 2.
    """
    if in_failing == 0:
        return 0.0
    return in_failing / sqrt(failing * (in_failing + in_passing))


def dstar(in_failing: int, in_passing: int, failing: int, passing: int) -> float:
    """D* = ef^* / (ep + (F - ef)), which has no upper bound, as D* / (1 + D*).

    That keeps the order of the lines and is 1 for a line of all failing and no passing tests.
    Wong, Debroy, Gao, Li: The DStar Method for Effective Software Fault Localization, IEEE
    Transactions on Reliability 63(1), 2014.
    """
    if in_failing == 0:
        return 0.0
    power = in_failing**_STAR
    return float(power / (power + in_passing + failing - in_failing))


def tarantula(in_failing: int, in_passing: int, failing: int, passing: int) -> float:
    """(ef / F) / (ef / F + ep / P); the passing share is 0 where no test passes.

    Jones, Harrold: Empirical Evaluation of the Tarantula Automatic Fault-Localization Technique,
    ASE 2005, section 2.1.
    """
    if in_failing == 0:
        return 0.0
    share = in_failing / failing
    return share / (share + (in_passing / passing if passing else 0.0))


FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {"ochiai": ochiai, "dstar": dstar, "tarantula": tarantula}
)
"""By the name that `RepairRequest.spectrum` gives them."""
