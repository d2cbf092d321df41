"""The bot's own branch: made, or moved where nobody else has put anything on it."""

from __future__ import annotations

from repairlsp.ci.repository import Repository
from repairlsp.ci.worktree import EMAIL
from repairlsp.errors import UsageError


def move_branch(repository: Repository, branch: str, tip: str, since: str) -> bool:
    """Have the local branch at `tip`; whether that changed anything.

    `since` is the commit that the fixes are for. Raises UsageError where a human has committed to
    the branch, and BrokenEnvironmentError where it moves meanwhile.
    """
    old = repository.tip(branch)
    if old == tip:
        return False
    if old is not None and (whose := humans_commit(repository, old, since)):
        raise UsageError(
            f"the branch {branch} has a commit that is not the bot's, {whose[:12]}: hands off",
            "merge or delete the branch, or name another one with --branch",
        )
    repository.run("update-ref", "-m", "repairlsp ci", f"refs/heads/{branch}", tip, old or "0" * 40)
    return True


def humans_commit(repository: Repository, tip: str, since: str) -> str | None:
    """A commit of a branch, after it left `since`'s history, that somebody else committed; None
    where all are the bot's. An amended or rebased commit has the human's name as its committer's.
    """
    base = repository.merge_base(tip, since)
    told = repository.run("log", "--format=%H %ce", tip, *(["--not", base] if base else []))
    for line in told.splitlines():
        commit, _, email = line.partition(" ")
        if email != EMAIL:
            return commit
    return None
