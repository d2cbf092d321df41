"""The bot's branch on the remote: pushed where nobody else has put anything on it."""

from __future__ import annotations

import base64
from typing import Final
from urllib.parse import urlsplit

from repairlsp.ci.branches import is_humans
from repairlsp.ci.repository import ISOLATION, Repository
from repairlsp.errors import BrokenEnvironmentError

REMOTE: Final = "origin"


class Remote:
    """The remote of a repository. `credentials`, `user:token`, go to an HTTP remote alone, by the
    environment, where no other process of another user sees them."""

    def __init__(self, repository: Repository, credentials: str) -> None:
        self._repository = repository
        self._environment = _authorized(
            repository.run("remote", "get-url", "--push", REMOTE), credentials
        )

    def tip(self, branch: str) -> str | None:
        """The commit that the remote's branch is at; None where there is no such branch."""
        told = self._run("ls-remote", "--heads", REMOTE, f"refs/heads/{branch}")
        return told.split()[0] if told else None

    def is_humans(self, branch: str, tip: str) -> bool:
        """Whether the last commit of the remote's branch, `tip`, is not the bot's."""
        # Neither a branch nor a remote-tracking branch of the user's moves.
        self._run(
            "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=", REMOTE,
            f"refs/heads/{branch}",
        )  # fmt: skip
        return is_humans(self._repository, tip)

    def proposed(self, there: str, tip: str, since: str) -> str | None:
        """The diff that the remote's branch, at `there` and fetched, proposes for the very commit
        `since`, in no fewer patches than `tip`; None where it does not."""
        run = self._repository.run
        if self._repository.merge_base(there, since) != since:
            return None
        theirs, ours = (run("rev-list", "--count", f"{since}..{one}") for one in (there, tip))
        return self._repository.diff(since, there) if int(theirs) >= int(ours) else None

    def push(self, branch: str, tip: str, expected: str | None) -> None:
        """Have the remote's branch at `tip`, if it still is at `expected`.

        Raises BrokenEnvironmentError where it is not, or may not be pushed to.
        """
        lease = f"--force-with-lease=refs/heads/{branch}:{expected or ''}"
        self._run(
            "push", "--quiet", "--no-verify", "--no-follow-tags", "--recurse-submodules=no", lease,
            REMOTE, f"{tip}:refs/heads/{branch}",
        )  # fmt: skip

    def _run(self, *arguments: str) -> str:
        try:
            return self._repository.run(*arguments, environment=self._environment)
        except BrokenEnvironmentError as error:
            raise BrokenEnvironmentError(
                str(error), "check that the token may write to the repository's contents"
            ) from error


def _authorized(url: str, credentials: str) -> dict[str, str]:
    """The environment that gives git the credentials for this URL's host."""
    place = urlsplit(url)
    if place.scheme not in ("http", "https"):
        return {}
    key = f"http.{place.scheme}://{place.netloc.rpartition('@')[2]}/.extraHeader"
    secret = base64.b64encode(credentials.encode()).decode()
    count = int(ISOLATION["GIT_CONFIG_COUNT"])
    return {
        "GIT_CONFIG_COUNT": str(count + 2),
        # An empty one first: what the checkout left in the configuration would be sent as well.
        f"GIT_CONFIG_KEY_{count}": key,
        f"GIT_CONFIG_VALUE_{count}": "",
        f"GIT_CONFIG_KEY_{count + 1}": key,
        f"GIT_CONFIG_VALUE_{count + 1}": f"Authorization: Basic {secret}",
    }
