"""What the bot says in the channel."""

from __future__ import annotations

from datetime import datetime

from nofridays.planner import Change, earliest_slot
from nofridays.rules import Rules
from nofridays.spans import Span


def announce(change: Change, rules: Rules, now: datetime) -> str:
    slot = earliest_slot(change, rules, now)
    who = rules.rota.on_call(slot.start)
    when = "now" if slot.start == now else f"{slot.start:%A %d %B, %H:%M}"
    lines = [f"{change.title}: {when}, {who} is on call."]
    refused = rules.blocking(Span(now, now + change.needs))
    if refused is not None:
        reason, _ = refused
        lines.append(f"Not now, because {reason}.")
    return "\n".join(lines)
