"""Past bug fixes of a repository: functions before and after commits that say they fix one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import git

from repairlsp.generate.prompt import line_edits
from repairlsp.patches import is_test_path
from repairlsp.training.corpus import functions_by_name
from repairlsp.training.settings import CorpusSettings

_FIX = re.compile(
    r"(?i)\b(fix(es|ed)?|bugs?|bugfix|repair(s|ed)?|regression|crash(es)?|off.by.one)\b"
)
_COMMITS = 3_000
"""Looked at, the newest first: two minutes of a large repository's history."""
_FILES = 8
"""A commit that touches more source files than this does more than fix a bug."""


class PastFix(NamedTuple):
    """A function, dedented, before and after a commit that fixed it."""

    commit: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def past_fixes(
    repository: Path, settings: CorpusSettings, max_answer_lines: int, commits: int = _COMMITS
) -> Iterator[PastFix]:
    """Functions that small bug-fix commits changed, by the commit's message, the newest first.

    Test files, new functions and edits of more than `max_answer_lines` lines are left out, as are
    edits of comments and docstrings alone. Yields nothing where there is no history.
    """
    try:
        # Closed, or the two git processes that read its objects would stay.
        with git.Repo(repository, search_parent_directories=True) as repo:
            for commit in islice(repo.iter_commits("HEAD", no_merges=True), commits):
                if commit.parents and _FIX.search(str(commit.message)):
                    yield from _fixes(commit, settings, max_answer_lines)
    except (git.InvalidGitRepositoryError, git.GitCommandError, ValueError):
        return


def _fixes(
    commit: git.Commit, settings: CorpusSettings, max_answer_lines: int
) -> Iterator[PastFix]:
    changed = [
        diff
        for diff in commit.parents[0].diff(commit)
        if diff.change_type == "M"
        and (diff.b_path or "").endswith(".py")
        and not is_test_path(diff.b_path or "")
    ]
    if len(changed) > _FILES:
        return
    for diff in changed:
        if diff.a_blob is None or diff.b_blob is None:
            continue
        try:
            old, new = (
                functions_by_name(blob.data_stream.read().decode(), settings)
                for blob in (diff.a_blob, diff.b_blob)
            )
        except UnicodeDecodeError:
            continue
        for name in old.keys() & new.keys():
            before, after = old[name], new[name]
            edits = line_edits(before, after)
            size = sum(max(len(edit.lines), edit.end - edit.start) for edit in edits)
            if 0 < size <= max_answer_lines and _behaves_differently(before, after):
                yield PastFix(commit.hexsha, before, after)


def _behaves_differently(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    old, new = (ast.dump(_without_docstring(ast.parse("\n".join(x)))) for x in (before, after))
    return old != new


def _without_docstring(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node):
            del node.body[0]
    return tree
