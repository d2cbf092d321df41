"""Fixes on the pull request that they are for: suggestions on its lines, and one comment."""

from __future__ import annotations

from typing import Final, NamedTuple

from repairlsp.ci.hosting.api import LostError
from repairlsp.ci.hosting.host import Host
from repairlsp.ci.hosting.suggestions import Suggestion, suggestions
from repairlsp.ci.hosting.texts import body_of, marker

_SUMMARY: Final = "summary"
_TRIES: Final = 3


class Posted(NamedTuple):
    """`suggested` counts the suggestions that are there now, `left_out` the changes that stand in
    the comment alone. `stale`: nothing was posted, for the pull request has moved on."""

    suggested: int
    left_out: int
    stale: bool = False


def review(number: int, commit: str, diff: str, page: str, host: Host) -> Posted:
    """Post the changes of `diff`, made on top of `commit`, to a pull request.

    What an earlier run posted stays, is not posted again, and the comment is changed in place.
    Raises HostError.
    """
    if host.head(number) != commit:
        return Posted(0, 0, stale=True)
    wanted, left_out = suggestions(diff, host.diff(number)) if diff else ((), 0)
    refused: list[Suggestion] = []
    for attempt in range(_TRIES):
        there = [remark.body for remark in host.line_remarks(number)] if wanted else []
        missing = [one for one in wanted if not any(marker(one.key) in body for body in there)]
        missing = [one for one in missing if one not in refused]
        if not missing:
            break
        try:
            refused += host.suggest(number, commit, missing)
            break
        except LostError:
            if attempt == _TRIES - 1:
                raise
    suggested, left_out = len(wanted) - len(refused), left_out + len(refused)
    _comment(number, _introduced(page, suggested, left_out), host)
    return Posted(suggested, left_out)


def _comment(number: int, page: str, host: Host) -> None:
    """Have the bot's one comment on the page say this."""
    body = body_of(page, _SUMMARY)
    for attempt in range(_TRIES):
        remarks = host.page_remarks(number)
        ours = next((each for each in remarks if marker(_SUMMARY) in each.body), None)
        if ours is not None:
            if ours.body.replace("\r\n", "\n").strip() != body.strip():
                host.change_remark(number, ours.id, body)
            return
        try:
            host.remark(number, body)
            return
        except LostError:
            if attempt == _TRIES - 1:
                raise


def _introduced(page: str, suggested: int, left_out: int) -> str:
    if suggested and left_out:
        told = (
            "Some changes are suggestions on their lines; the others are here alone, on lines that "
            "this pull request does not show."
        )
    elif suggested:
        told = "The changes are suggestions on their lines."
    elif left_out:
        told = "The changes are on lines that this pull request does not show, so they are here."
    else:
        return page
    return f"{page.rstrip()}\n\n{told}\n"
