"""A pull request for the fixes: opened once, updated in place, left alone where people act."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeVar

from repairlsp.ci.hosting.api import LostError
from repairlsp.ci.hosting.host import Host, PullRequest
from repairlsp.ci.hosting.push import Remote
from repairlsp.ci.hosting.texts import body_of, marker, title_of
from repairlsp.ci.messages import PREFIX

_TRIES: Final = 3

Act = Literal["opened", "updated", "unchanged", "left alone"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be proposed: the commits up to `tip` on top of `commit`, on the branch `branch`,
    to be merged into `target`. `page` is Markdown; `key` tells this fix from another one."""

    commit: str
    tip: str
    branch: str
    target: str
    title: str
    page: str
    key: str


class Done(NamedTuple):
    """What was done, and why, for people. `url` is the pull request's, where there is one."""

    act: Act
    reason: str
    url: str = ""


def key_of(diff: str) -> str:
    """The key of a fix: that of its changes, wherever in the history they are made."""
    changed = [line for line in diff.splitlines() if line[:1] in "+-"]
    return hashlib.sha256("\n".join(changed).encode("utf-8", "replace")).hexdigest()[:16]


def publish(proposal: Proposal, remote: Remote, host: Host, limit: int) -> Done:
    """Push the branch, and open or update its pull request.

    Left alone are a branch that a human committed to, a fix that people closed a pull request of,
    and everything new where `limit` pull requests of the bot's are open already. Whatever breaks
    in mid-way, the same call again completes it; once all is done, it changes nothing. Raises
    HostError and BrokenEnvironmentError.
    """
    earlier = host.pull_requests(proposal.branch)
    current = next((each for each in earlier if each.is_open), None)
    there = remote.tip(proposal.branch)
    if refusal := _refusal(proposal, earlier, current, there, remote, host, limit):
        return refusal
    title, body = title_of(proposal.title), body_of(proposal.page, proposal.key)
    if current is not None and there is not None and _stands(proposal, current, there, remote):
        return Done("unchanged", f"#{current.number} is up to date", current.url)
    if there != proposal.tip:
        remote.push(proposal.branch, proposal.tip, there)
    if current is None:
        made = _surely(
            lambda: host.open(proposal.branch, proposal.target, title, body),
            lambda: next((p for p in host.pull_requests(proposal.branch) if p.is_open), None),
        )
        return Done("opened", f"#{made.number}", made.url)
    if (current.title, _plain(current.body)) != (title, _plain(body)):
        host.update(current.number, title, body)
    return Done("updated", f"#{current.number}", current.url)


def _stands(proposal: Proposal, current: PullRequest, there: str, remote: Remote) -> bool:
    """Whether the pull request has fixes of this very commit, and says which.

    They were proved then; and no two searches, which race against the clock, need find the same.
    """
    proposed = remote.proposed(there, proposal.tip, proposal.commit)
    return proposed is not None and marker(key_of(proposed)) in current.body


def _refusal(
    proposal: Proposal,
    earlier: list[PullRequest],
    current: PullRequest | None,
    there: str | None,
    remote: Remote,
    host: Host,
    limit: int,
) -> Done | None:
    """Why nothing is done; None where something may be."""
    if there is not None and there != proposal.tip and remote.is_humans(proposal.branch, there):
        reason = f"somebody committed {there[:12]} to {proposal.branch}"
        return Done("left alone", reason, current.url if current else "")
    if current is not None:
        return None
    for each in earlier:
        if not each.is_merged and marker(proposal.key) in each.body:
            return Done("left alone", f"#{each.number} with this fix was closed", each.url)
    opened = [each for each in host.open_pull_requests() if each.branch.startswith(PREFIX)]
    if len(opened) >= limit:
        return Done("left alone", f"{len(opened)} pull requests of repairlsp's are open already")
    return None


def _surely(make: Callable[[], T], look: Callable[[], T | None]) -> T:
    """Make something once, though the connection may break after it was made."""
    for _ in range(_TRIES - 1):
        try:
            return make()
        except LostError:
            if (found := look()) is not None:
                return found
    return make()


def _plain(body: str) -> str:
    """A text as hosts give it back: with other line ends."""
    return body.replace("\r\n", "\n").strip()
