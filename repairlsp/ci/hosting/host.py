"""What the bot needs of a code host, whichever it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from repairlsp.ci.hosting.suggestions import Suggestion


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request (GitLab's merge request). `number` is that of the web page."""

    number: int
    url: str
    title: str
    body: str
    is_open: bool
    is_merged: bool
    branch: str


class Remark(NamedTuple):
    """A comment on a pull request: on its page, or on lines of its diff."""

    id: int
    body: str


class Host(Protocol):
    """One repository on GitHub or GitLab, spoken to with a token. Every method may raise HostError;
    those that make something raise LostError where it is not known whether it was made."""

    def credentials(self) -> str:
        """`user:token`, as the host takes it of `git push` over HTTPS."""
        ...

    def pull_requests(self, branch: str) -> list[PullRequest]:
        """All pull requests from a branch of this repository, open or not, the latest first."""
        ...

    def open_pull_requests(self) -> Iterable[PullRequest]:
        """The open ones from branches of this repository."""
        ...

    def open(self, branch: str, target: str, title: str, body: str) -> PullRequest:
        """Open a pull request."""
        ...

    def update(self, number: int, title: str, body: str) -> None:
        """Change a pull request's title and text."""
        ...

    def diff(self, number: int) -> str:
        """What a pull request changes, as a unified diff."""
        ...

    def head(self, number: int) -> str:
        """The commit that a pull request is at."""
        ...

    def page_remarks(self, number: int) -> list[Remark]:
        """The comments on a pull request's page."""
        ...

    def line_remarks(self, number: int) -> list[Remark]:
        """The comments on lines of a pull request's diff."""
        ...

    def remark(self, number: int, body: str) -> None:
        """Comment on a pull request's page."""
        ...

    def change_remark(self, number: int, remark: int, body: str) -> None:
        """Change a comment on the page."""
        ...

    def suggest(self, number: int, commit: str, all_of: Sequence[Suggestion]) -> list[Suggestion]:
        """Comment on lines of the diff at `commit`; returns what the host refused, the rest being
        posted."""
        ...
