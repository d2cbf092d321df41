import pytest
from mailsort import Mailbox, Message, read_message, read_rules

SPELLINGS = ["x-spam-flag", "X-Spam-Flag", "X-SPAM-FLAG", "X-Spam-flag"]


@pytest.mark.parametrize("in_mail", SPELLINGS)
@pytest.mark.parametrize("in_rule", SPELLINGS)
def test_any_spelling(in_mail, in_rule):
    rules = read_rules(f"rule Spam\n  if {in_rule} is yes\n  move Junk\n")
    mailbox = Mailbox(rules)
    assert mailbox.receive(f"{in_mail}: YES\n\nBuy!") == ["Junk"]
    assert mailbox.receive(f"{in_mail}: no\n\nHello") == ["Inbox"]


@pytest.mark.parametrize("name", ["Subject", "subject", "SUBJECT"])
def test_header(name):
    message = read_message("sUBJECT: One\nTo: me\n\n")
    assert message.header(name) == "One"
    assert message.header("Cc") == ""


def test_headers_that_come_twice():
    message = read_message("Received: first\nRECEIVED: last\n\n")
    assert message.header("Received") == "last"


def test_the_text_is_no_header():
    rules = read_rules("rule A\n  if text contains offer\n  move Ads\n")
    mailbox = Mailbox(rules)
    assert mailbox.receive("Text: offer\n\nhello") == ["Inbox"]
    assert mailbox.receive("Text: hello\n\nAn Offer") == ["Ads"]


def test_a_message_without_headers():
    assert Message().header("From") == ""


def test_negated():
    rules = read_rules("rule A\n  if not Precedence is bulk\n  mark personal\n")
    mailbox = Mailbox(rules)
    mailbox.receive("Message-ID: <a@x>\nPrecedence: bulk\n\n")
    mailbox.receive("Message-ID: <b@x>\n\n")
    assert mailbox.flags("<a@x>") == set()
    assert mailbox.flags("<b@x>") == {"personal"}
