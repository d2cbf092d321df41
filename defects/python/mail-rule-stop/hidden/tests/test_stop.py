import pytest
from mailsort import Message, read_rules, sort


def sorted_by(rules, subject="hello"):
    return sort(Message({"subject": subject}), read_rules(rules))


def test_the_rest_of_the_rule():
    delivery = sorted_by("rule A\n  copy One\n  stop\n  copy Two\n  mark seen\n")
    assert delivery.folders == ["Inbox", "One"]
    assert delivery.flags == set()


def test_all_later_rules():
    rules = "rule A\n  mark a\n  stop\n" + "".join(f"rule {n}\n  copy {n}\n" for n in "bcd")
    assert sorted_by(rules).folders == ["Inbox"]


def test_what_came_before_is_kept():
    delivery = sorted_by("rule A\n  copy One\nrule B\n  move Two\n  stop\nrule C\n  discard\n")
    assert delivery.folders == ["Two", "One"]


@pytest.mark.parametrize(("subject", "folders"), [("yes", ["Inbox"]), ("no", ["Late"])])
def test_only_where_its_rule_matches(subject, folders):
    rules = "rule A\n  if Subject is yes\n  stop\nrule B\n  move Late\n"
    assert sorted_by(rules, subject).folders == folders


def test_a_rule_that_only_stops():
    assert sorted_by("rule A\n  stop\nrule B\n  discard\n").folders == ["Inbox"]


def test_the_next_message_starts_anew():
    rules = read_rules("rule A\n  if Subject is x\n  stop\nrule B\n  move Late\n")
    folders = [sort(Message({"subject": subject}), rules).folders for subject in "xyx"]
    assert folders == [["Inbox"], ["Late"], ["Inbox"]]


def test_discarded_with_a_copy():
    assert sorted_by("rule A\n  copy Trash\n  discard\n").folders == ["Trash"]
