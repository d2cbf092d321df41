import unittest

from letters import MissingField, fill, letters, placeholders


class FillTest(unittest.TestCase):
    def test_one_placeholder(self):
        self.assertEqual(fill("Dear {{ name }},", {"name": "Ann"}), "Dear Ann,")

    def test_default(self):
        self.assertEqual(fill("Dear {{name|friend}},", {"name": ""}), "Dear friend,")

    def test_first_and_last_name(self):
        fields = {"first": "Ann", "last": "Lee"}
        self.assertEqual(fill("{{first}} {{last}}, Bern", fields), "Ann Lee, Bern")

    def test_missing(self):
        with self.assertRaisesRegex(MissingField, "no field 'city'; there are name"):
            fill("{{city}}", {"name": "Ann"})


class LettersTest(unittest.TestCase):
    def test_names(self):
        self.assertEqual(placeholders("{{a}}\n{{b|x}}\n{{a}}"), ["a", "b"])

    def test_recipients_without_a_field(self):
        people = [{"name": "Ann"}, {}]
        made = [letter for _, letter in letters("Hi {{name}}", people)]
        self.assertEqual(made, ["Hi Ann", None])
