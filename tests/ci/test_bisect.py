"""Bisection over real histories, with answers that are given rather than run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from repairlsp.ci.bisect import Answer, narrowed
from repairlsp.ci.repository import Repository
from repairlsp.sandbox import NEVER
from tests.ci.repositories import commit, git, repository


def between(folder: Path) -> Callable[[Sequence[str], str], list[str]]:
    def listed(goods: Sequence[str], bad: str) -> list[str]:
        told = Repository(folder).run("rev-list", "--bisect-all", bad, "--not", *goods)
        return [line.split()[0] for line in told.splitlines()]

    return listed


def line_of(folder: Path, length: int) -> list[str]:
    first = git(repository(folder), "rev-parse", "HEAD")
    return [first, *(commit(folder, {"n": str(number)}) for number in range(length))]


@pytest.mark.parametrize("broken", [1, 4, 9, 12])
def test_it_asks_about_few_commits(tmp_path: Path, broken: int) -> None:
    commits = line_of(tmp_path / "line", 12)
    asked = []

    def ask(one: str) -> Answer:
        asked.append(one)
        return "bad" if commits.index(one) >= broken else "good"

    found = narrowed([commits[0]], commits[-1], between(tmp_path / "line"), ask, NEVER)
    assert found == commits[broken]
    assert len(asked) <= 4


def test_commits_that_say_nothing_are_passed_over(tmp_path: Path) -> None:
    commits = line_of(tmp_path / "line", 6)
    silent = {commits[2], commits[3]}

    def ask(one: str) -> Answer:
        if one in silent:
            return "unknown"
        return "bad" if commits.index(one) >= 5 else "good"

    listed = between(tmp_path / "line")
    assert narrowed([commits[0]], commits[-1], listed, ask, NEVER) == commits[5]
    silent.update(commits[1:6])
    assert narrowed([commits[0]], commits[-1], listed, ask, NEVER) is None


def test_a_fault_that_came_with_a_merged_branch(tmp_path: Path) -> None:
    folder = repository(tmp_path / "merged")
    base = git(folder, "rev-parse", "HEAD")
    git(folder, "checkout", "--quiet", "-b", "topic")
    commit(folder, {"a": "1"})
    culprit = commit(folder, {"a": "2"})
    git(folder, "checkout", "--quiet", "main")
    commit(folder, {"b": "1"})
    git(folder, "merge", "--quiet", "--no-edit", "topic")
    merge = git(folder, "rev-parse", "HEAD")

    def ask(one: str) -> Answer:
        reaches = git(folder, "merge-base", culprit, one) == culprit
        return "bad" if reaches else "good"

    assert narrowed([base], merge, between(folder), ask, NEVER) == culprit
