"""Mail as the rules see it."""

import email
import email.policy
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """`headers` has lower-case names; of a header that comes more than once, the last."""

    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""

    def header(self, name: str) -> str:
        """The header of this name, in any case; empty where the message has none."""
        return self.headers.get(name.lower(), "")


def read_message(source: str) -> Message:
    """The message in its source, RFC 5322."""
    parsed = email.message_from_string(source, policy=email.policy.default)
    headers = {name.lower(): str(value) for name, value in parsed.items()}
    body = parsed.get_body(("plain", "html"))
    return Message(headers, body.get_content() if body else "")
