"""Checks the links of a site without hammering the hosts behind them."""

from linkwatch.checker import Checker
from linkwatch.memo import AsyncMemo
from linkwatch.outcome import Outcome, Response
from linkwatch.report import broken_by_page, summary
from linkwatch.slots import HostSlots

__all__ = [
    "AsyncMemo",
    "Checker",
    "HostSlots",
    "Outcome",
    "Response",
    "broken_by_page",
    "summary",
]
