import pytest
from mailsort import Mailbox, RuleError, read_rules

RULES = """
rule Newsletters
  if list-id contains news
  move News

rule Boss
  if From is boss@work.example  # no other boss
  mark important
"""


def mail(**headers):
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\n".join([*lines, "", "Hello"])


@pytest.fixture
def mailbox():
    return Mailbox(read_rules(RULES))


def test_newsletters(mailbox):
    assert mailbox.receive(mail(List_Id="<news.shop.example>")) == ["News"]


def test_other_mail(mailbox):
    assert mailbox.receive(mail(From="friend@home.example")) == ["Inbox"]


def test_the_boss(mailbox):
    mailbox.receive(mail(Message_Id="<1@work>", From="Boss@work.example"))
    assert mailbox.flags("<1@work>") == {"important"}


def test_subjects(mailbox):
    mailbox.receive(mail(Subject="Lunch?"))
    mailbox.receive(mail(subject="Re: Lunch?"))
    assert mailbox.subjects("Inbox") == ["Lunch?", "Re: Lunch?"]


def test_rules_with_mistakes():
    with pytest.raises(RuleError, match="3: a condition is"):
        read_rules("rule A\n  move B\n  if From boss\n")
