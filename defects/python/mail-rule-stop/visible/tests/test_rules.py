import pytest
from mailsort import Mailbox, RuleError, read_rules

SPAM = """
rule Colleagues
  if From contains @work.example
  move Work
  stop

rule Spam
  if Subject contains win
  move Junk
  mark spam
"""


def mail(sender, subject):
    return f"From: {sender}\nSubject: {subject}\nMessage-Id: <1@x>\n\n"


def test_spam():
    mailbox = Mailbox(read_rules(SPAM))
    assert mailbox.receive(mail("a@b.example", "Win now")) == ["Junk"]
    assert mailbox.flags("<1@x>") == {"spam"}


def test_colleagues_never_send_spam():
    mailbox = Mailbox(read_rules(SPAM))
    assert mailbox.receive(mail("ann@work.example", "Window seat")) == ["Work"]
    assert mailbox.flags("<1@x>") == set()


def test_the_last_move_counts():
    rules = read_rules("rule A\n  move First\nrule B\n  move Second\n")
    assert Mailbox(rules).receive(mail("a@b.example", "x")) == ["Second"]


def test_unknown_actions():
    with pytest.raises(RuleError, match="2: not an action: throw away"):
        read_rules("rule A\n  throw away\n")
