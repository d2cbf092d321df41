"""The bot's own branch: made, or moved where nobody else has put anything on it."""

from __future__ import annotations

from repairlsp.ci.repository import Repository
from repairlsp.ci.worktree import EMAIL
from repairlsp.errors import UsageError


def move_branch(repository: Repository, branch: str, tip: str) -> bool:
    """Have the local branch at `tip`; whether that changed anything.

    Raises UsageError where a human has committed to the branch, and BrokenEnvironmentError where it
    is checked out somewhere.
    """
    old = repository.tip(branch)
    if old == tip:
        return False
    if old is not None and is_humans(repository, old):
        raise UsageError(
            f"the branch {branch} has a commit that is not the bot's, {old[:12]}: hands off",
            "merge or delete the branch, or name another one with --branch",
        )
    repository.run("branch", "--quiet", "--no-track", "--force", branch, tip)
    return True


def is_humans(repository: Repository, tip: str) -> bool:
    """Whether somebody else made the last commit of a branch of the bot's.

    The bot never builds on what others did there, so one of theirs anywhere on top of the bot's
    makes the last one theirs; an amended or rebased commit has them as its committer.
    """
    return repository.run("log", "-1", "--format=%ce", tip) != EMAIL
