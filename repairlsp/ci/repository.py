"""The git repository around a project: its commits and branches, read without side effects.

Nothing of the repository is executed (hooks, monitors, signing programs), and neither its checkout
nor its index nor HEAD is ever written to.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import git

from repairlsp.errors import BrokenEnvironmentError, UsageError

_SETTINGS: Final = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "commit.gpgSign": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "advice.detachedHead": "false",
    # A checkout that someone else owns is usual in containers.
    "safe.directory": "*",
}
ISOLATION: Final[Mapping[str, str]] = MappingProxyType(
    {
        "GIT_CONFIG_COUNT": str(len(_SETTINGS)),
        **{f"GIT_CONFIG_KEY_{i}": key for i, key in enumerate(_SETTINGS)},
        **{f"GIT_CONFIG_VALUE_{i}": value for i, value in enumerate(_SETTINGS.values())},
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }
)
"""What git is told by its environment, which no configuration file overrides."""

_LOCAL: Final = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"),
    *("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_CONFIG"),
)
"""Variables that make git work on another repository than that of its folder; set within hooks."""


def forget_callers_repository() -> None:
    """Take from our environment what a git hook that runs us has put there."""
    for name in _LOCAL:
        os.environ.pop(name, None)


class Repository:
    """The repository that a folder is in. Raises UsageError where it is in none."""

    def __init__(self, project: Path) -> None:
        self.project = project.resolve()
        try:
            self._repo = git.Repo(self.project, search_parent_directories=True)
        except git.InvalidGitRepositoryError as error:
            raise UsageError(
                f"{project} is in no git repository", "the bot works on a commit: clone it first"
            ) from error
        if self._repo.working_tree_dir is None:
            raise UsageError(f"{project} is a bare repository", "give the bot a checkout")
        self.root = Path(self._repo.working_tree_dir).resolve()
        self._repo.git.update_environment(**ISOLATION)

    @property
    def below(self) -> str:
        """The project's folder relative to the root, as POSIX path; "." for the root itself."""
        return self.project.relative_to(self.root).as_posix()

    @property
    def objects(self) -> Path:
        """Where the repository keeps its objects."""
        return Path(self._repo.common_dir) / "objects"

    def run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        """What a git command prints, without the last line end; `environment` is added to ours.

        Raises BrokenEnvironmentError with git's own words where it fails.
        """
        try:
            return str(self._repo.git.execute(["git", *arguments], env=environment or {}))
        except git.GitCommandError as error:
            raise BrokenEnvironmentError(
                f"git {arguments[0]} failed: {said(error)}", "run it by hand to see why"
            ) from error

    def asks(self, *arguments: str) -> str | None:
        """As `run`, but None where git fails: it is a question."""
        try:
            return str(self._repo.git.execute(["git", *arguments]))
        except git.GitCommandError:
            return None

    def commit(self, revision: str) -> str:
        """The full hash of a commit. Raises UsageError for what is none here."""
        found = self.asks(
            "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"
        )
        if not found:
            raise UsageError(
                f"{revision} is no commit of this repository",
                "a shallow clone has few of them: fetch with full history (fetch-depth: 0)",
            )
        return found

    def merge_base(self, one: str, other: str) -> str | None:
        """The commit that both came from; None where none is known here."""
        return self.asks("merge-base", one, other)

    def subject(self, commit: str) -> str:
        """The first line of a commit's message."""
        return self.run("show", "--no-patch", "--format=%s", commit)

    def diff(self, old: str, new: str) -> str:
        """What changed between two commits."""
        options = ("--no-color", "--no-ext-diff", "--no-textconv", "--no-renames")
        return self.run("diff", *options, old, new) + "\n"

    @property
    def branch(self) -> str | None:
        """The branch that is checked out; None for a detached HEAD."""
        return self.asks("symbolic-ref", "--quiet", "--short", "HEAD")

    @property
    def default_branch(self) -> str | None:
        """What the remote calls its default branch, else `main` or `master`; None for neither."""
        head = self.asks("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
        if head:
            return head.partition("/")[2]
        for name in ("main", "master"):
            for space in ("refs/heads", "refs/remotes/origin"):
                if self.asks("rev-parse", "--verify", "--quiet", f"{space}/{name}"):
                    return name
        return None

    def tip(self, branch: str) -> str | None:
        """The commit that a local branch is at; None where there is no such branch."""
        return self.asks("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}")

    def generated(self) -> tuple[str, ...]:
        """Files below the root that git ignores or that are a submodule's, and that the project may
        import: version files, extension modules. A checkout of a commit does not have them."""
        from repairlsp.validate.listing import list_project

        known = self.run("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        names = {*known.split("\0")}
        below = "" if self.below == "." else f"{self.below}/"
        listed = list_project(self.project, max_bytes=512 << 20).files
        return tuple(below + name for name in listed if below + name not in names)


def said(error: git.GitCommandError) -> str:
    """git's own words, on one line."""
    text = str(error.stderr or error.stdout or f"exit code {error.status}")
    return " ".join(text.replace("stderr:", "").strip(" '\n").split())


def check_branch_name(repository: Repository, name: str, protected: str | None) -> None:
    """Raises UsageError for what is no branch's name, or one that is never written to: the default
    branch, the one that is checked out, and `protected`."""
    if repository.asks("check-ref-format", "--branch", name) is None:
        raise UsageError(f"{name!r} is not a name for a branch")
    if name in (repository.default_branch, repository.branch, protected):
        raise UsageError(
            f"{name} is not for the bot to write to", "give its own branch another name"
        )
