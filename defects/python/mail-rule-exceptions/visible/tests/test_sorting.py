import unittest

from mailsort import Mailbox, RuleError, read_rules

RULES = """
rule Lists
  if List-Id contains team
  if not From is ann@work.example
  move Team

rule Short notes
  if text starts FYI
  mark later
"""


class SortingTest(unittest.TestCase):
    def setUp(self):
        self.mailbox = Mailbox(read_rules(RULES))

    def test_both_conditions(self):
        received = self.mailbox.receive("List-Id: <team.work>\nFrom: bob@work.example\n\nHi")
        self.assertEqual(received, ["Team"])

    def test_the_exception(self):
        received = self.mailbox.receive("List-Id: <team.work>\nFrom: ann@work.example\n\nHi")
        self.assertEqual(received, ["Inbox"])

    def test_other_lists(self):
        received = self.mailbox.receive("List-Id: <news.shop>\nFrom: x@shop.example\n\nHi")
        self.assertEqual(received, ["Inbox"])

    def test_text(self):
        self.mailbox.receive("Message-Id: <1>\n\nfyi: lunch is at noon")
        self.assertEqual(self.mailbox.flags("<1>"), {"later"})

    def test_mistakes(self):
        with self.assertRaisesRegex(RuleError, "^2: a condition"):
            read_rules("rule A\n  if not From boss\n")
