"""When may a change go to production?"""

from nofridays.freezes import MonthlyFreeze, WeeklyFreeze, YearlyFreeze
from nofridays.oncall import Rota
from nofridays.planner import Change, NoSlotError, earliest_slot
from nofridays.report import announce
from nofridays.rules import house_rules
from nofridays.spans import Span

__all__ = [
    "Change",
    "MonthlyFreeze",
    "NoSlotError",
    "Rota",
    "Span",
    "WeeklyFreeze",
    "YearlyFreeze",
    "announce",
    "earliest_slot",
    "house_rules",
]
