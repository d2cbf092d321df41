import pytest
from mailsort import Message, RuleError, read_rules, sort

MESSAGE = Message({"from": "Ann@Work.example", "subject": "Not now"}, "See you\n")


def matches(*conditions):
    lines = ["rule A", *(f"if {condition}" for condition in conditions), "move Found"]
    return sort(MESSAGE, read_rules("\n".join(lines))).folders == ["Found"]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("From is ann@work.example", True),
        ("From contains work", True),
        ("From starts bob", False),
        ("Subject is not now", True),
        ("Subject starts not", True),
        ("text is see you", True),
        ("text contains not", False),
        ("Cc contains ann", False),
    ],
)
def test_a_condition_and_its_opposite(condition, holds):
    assert matches(condition) is holds
    assert matches(f"not {condition}") is not holds


def test_several():
    assert matches("not From contains bob", "not Cc contains bob")
    assert matches("From contains ann", "not Subject contains later")
    assert not matches("not From contains ann", "Subject is not now")
    assert not matches("From contains ann", "not Subject is not now")


def test_a_header_named_not():
    message = Message({"not": "x"})
    rules = read_rules("rule A\nif not not is x\nmove Found\n")
    assert sort(message, rules).folders == ["Inbox"]
    assert sort(Message(), rules).folders == ["Found"]


@pytest.mark.parametrize("line", ["if not", "if", "if not From is", "if not not is"])
def test_mistakes(line):
    with pytest.raises(RuleError, match="^2: a condition is"):
        read_rules(f"rule A\n{line}\n")


def test_rules_are_independent():
    source = "rule A\nif not From contains ann\nmark a\nrule B\nif From contains ann\nmark b\n"
    assert sort(MESSAGE, read_rules(source)).flags == {"b"}
    assert sort(Message(), read_rules(source)).flags == {"a"}
