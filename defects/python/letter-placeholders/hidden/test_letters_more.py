import pytest
from letters import MissingField, fill, placeholders


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{a}}{{b}}", "12"),
        ("{{ a }}, {{ b }}, {{a}}", "1, 2, 1"),
        ("{{c|x}} {{a|y}} {{d|z w}}", "x 1 z w"),
        ("{{first name}}-{{ first name }}", "Jo-Jo"),
        ("a\n{{a}}\n{{b}} {{a}}\n", "a\n1\n2 1\n"),
        ("{a} }} {{a}} {{", "{a} }} 1 {{"),
        ("{{c|}}!", "!"),
        ("none", "none"),
    ],
)
def test_fill(text, expected):
    assert fill(text, {"a": 1, "b": 2, "first name": "Jo", "c": None}) == expected


def test_names_of_one_line():
    assert placeholders("{{ b }} and {{a|x}} and {{b}} and {{c d}}") == ["b", "a", "c d"]
    assert placeholders("") == []


def test_values_are_not_filled_in_again():
    assert fill("{{a}} {{b}}", {"a": "{{b}}", "b": r"\1"}) == r"{{b}} \1"


def test_the_missing_one_of_two():
    with pytest.raises(MissingField) as caught:
        fill("{{a}} {{x}}", {"a": 1})
    assert caught.value.name == "x"


def test_zero_is_a_value():
    assert fill("{{n|many}} left", {"n": 0}) == "0 left"
