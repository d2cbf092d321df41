import unittest
from datetime import date

from weekly import overtime, report, week_label, week_start, weekly_totals


class WeeklyTest(unittest.TestCase):
    def test_label(self):
        self.assertEqual(week_label(date(2024, 2, 29)), "2024-W09")

    def test_start(self):
        self.assertEqual(week_start("2024-W09"), date(2024, 2, 26))

    def test_weeks_in_between(self):
        entries = [(date(2024, 5, 6), 8), (date(2024, 5, 8), 7.5), (date(2024, 5, 20), 6)]
        self.assertEqual(
            weekly_totals(entries), {"2024-W19": 15.5, "2024-W20": 0.0, "2024-W21": 6.0}
        )

    def test_new_year(self):
        entries = [(date(2024, 12, 30), 8), (date(2025, 1, 2), 8)]
        self.assertEqual(report(entries), "2025-W01 (30 Dec)  16.00")

    def test_overtime(self):
        entries = [(date(2024, 5, day), 9) for day in (6, 7, 8, 9, 10)]
        self.assertEqual(overtime(entries), 5.0)
