"""Sorts incoming mail into folders by a user's rules."""

from mailsort.engine import sort
from mailsort.mailbox import Mailbox
from mailsort.message import Message, read_message
from mailsort.reader import RuleError, read_rules

__all__ = ["Mailbox", "Message", "RuleError", "read_message", "read_rules", "sort"]
