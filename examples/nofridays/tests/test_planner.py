from datetime import datetime

import pytest

from nofridays import Change, NoSlotError, Rota, announce, earliest_slot, house_rules
from nofridays.rules import Rules

RULES = house_rules()
TYPO = Change("fix a typo", hours=1)
MIGRATION = Change("migrate the database", hours=8)


def test_a_quiet_tuesday_is_fine():
    asked = datetime(2025, 3, 11, 9, 7)
    assert earliest_slot(TYPO, RULES, asked).start == datetime(2025, 3, 11, 9, 15)


def test_the_last_week_of_the_year_is_not():
    asked = datetime(2024, 12, 27, 9)
    assert earliest_slot(TYPO, RULES, asked).start == datetime(2025, 1, 2)


def test_new_years_day_is_not_either():
    asked = datetime(2025, 1, 1, 9)
    assert earliest_slot(TYPO, RULES, asked).start == datetime(2025, 1, 2)


def test_never_start_on_a_thursday_what_ends_on_a_friday():
    asked = datetime(2025, 3, 6, 22)
    assert earliest_slot(MIGRATION, RULES, asked).start == datetime(2025, 3, 6, 22)
    asked = datetime(2025, 3, 7, 3)
    assert earliest_slot(MIGRATION, RULES, asked).start == datetime(2025, 3, 10, 8)


def test_no_slot_without_anybody_on_call():
    with pytest.raises(NoSlotError, match="fix a typo"):
        earliest_slot(TYPO, Rules((), Rota(("Ada",), datetime(2030, 1, 1))), datetime(2025, 3, 11))


def test_the_bot_says_why():
    said = announce(TYPO, RULES, datetime(2025, 3, 7, 15))
    assert said.splitlines()[1] == "Not now, because it is (nearly) the weekend."
