"""Which commit to compare with: what the user says, else the CI system, else the branches."""

from __future__ import annotations

from repairlsp.ci.repository import Repository
from repairlsp.ci.surroundings import Surroundings
from repairlsp.errors import UsageError


def find_base(
    repository: Repository, revision: str, asked: str | None, around: Surroundings
) -> str | None:
    """A commit that the failures of `revision` are compared with; None where there is none.

    `asked` has the first word. Then comes what the CI system says, where this clone has it; then,
    for a branch, where it left the default branch; then the commit's parent. Raises UsageError
    where `asked` or `revision` is no commit.
    """
    commit = repository.commit(revision)
    if asked is not None:
        return repository.commit(asked)
    for known in (around.base, _default(repository)):
        if known is None:
            continue
        try:
            base = repository.merge_base(repository.commit(known), commit)
        except UsageError:  # a shallow clone, or a commit that a forced push took away
            continue
        if base is not None and base != commit:
            return base
    return repository.asks("rev-parse", "--verify", "--quiet", f"{commit}^1")


def _default(repository: Repository) -> str | None:
    name = repository.default_branch
    if name is None:
        return None
    remote = f"refs/remotes/origin/{name}"
    return remote if repository.asks("rev-parse", "--verify", "--quiet", remote) else name
