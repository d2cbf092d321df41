"""Evidence from git, with real repositories."""

import subprocess
from pathlib import Path

import pytest

from localize.projects import by_line, failed, is_test, lines_of, reader, run_of
from repairlsp.localize import history, localize
from repairlsp.localize.history import Changed, changed_lines
from repairlsp.source import SourceText

PATIENT = 60.0
SOURCE = """\
import math

RATE = 7


def area(radius):
    square = radius * radius
    return math.pi * square


def price(net):
    tax = net * RATE
    return net + tax
"""


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, text: str = SOURCE, path: str = "shop.py") -> None:
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_bytes(text.encode())
    if not (folder / ".git").exists():
        git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "a commit")


def changes(folder: Path, text: str, path: str = "shop.py") -> Changed:
    found = changed_lines(folder, {path: SourceText.from_text(text)}, seconds=PATIENT)
    return found.get(path, Changed())


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    commit(tmp_path)
    return tmp_path


def test_uncommitted_lines(repository: Path) -> None:
    edited = SOURCE.replace("RATE = 7", "RATE = 9").replace("    square", "    # twice\n    square")
    assert changes(repository, edited) == Changed(uncommitted=frozenset({3, 7}))
    assert changes(repository, SOURCE) == Changed()


def test_lines_around_one_that_is_gone(repository: Path) -> None:
    gone = SOURCE.replace("    tax = net * RATE\n", "")
    assert changes(repository, gone).uncommitted == {11, 12}
    assert changes(repository, SOURCE.replace("    return net + tax\n", "")).uncommitted == {12}


def test_recent_commits_and_where_their_lines_are_now(repository: Path) -> None:
    second = SOURCE.replace("radius * radius", "radius ** 2")
    third = second.replace("net + tax", "net + tax + 0")
    commit(repository, second)
    commit(repository, third)
    assert changes(repository, third) == Changed(last=frozenset({13}), recent=frozenset({7}))
    # Two lines at the top that are not committed move all of them.
    moved = changes(repository, "# one\n# two\n" + third)
    assert moved == Changed(frozenset({1, 2}), frozenset({15}), frozenset({9}))


def test_a_merged_branch_is_one_change(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "branch")
    commit(repository, SOURCE.replace("radius * radius", "radius ** 2"))
    commit(repository, SOURCE.replace("radius * radius", "radius ** 3"))
    git(repository, "checkout", "-q", "-")
    commit(repository, "pass\n", "other.py")
    git(repository, "merge", "-q", "--no-ff", "-m", "merged", "branch")
    now = (repository / "shop.py").read_text()
    assert changes(repository, now) == Changed(last=frozenset({7}))


def test_old_commits_do_not_count(repository: Path) -> None:
    second = SOURCE.replace("radius * radius", "radius ** 2")
    commit(repository, second)
    for number in range(5):
        commit(repository, f"{number}\n", "other.py")
    assert changes(repository, second) == Changed()


def test_a_shallow_clone_says_nothing(repository: Path, tmp_path: Path) -> None:
    commit(repository, SOURCE.replace("RATE = 7", "RATE = 8"))
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), str(clone))
    assert changes(clone, (clone / "shop.py").read_text()) == Changed()


def test_a_project_below_the_repositorys_root(tmp_path: Path) -> None:
    commit(tmp_path, SOURCE, "inner/shop ä.py")
    edited = SOURCE.replace("RATE = 7", "RATE = 9")
    commit(tmp_path, edited, "inner/shop ä.py")
    found = changes(tmp_path / "inner", edited + "X = 1\n", "shop ä.py")
    assert found == Changed(frozenset({14}), frozenset({3}))


def test_line_ends_of_a_checkout_are_no_changes(repository: Path) -> None:
    assert changes(repository, SOURCE.replace("\n", "\r\n")) == Changed()


def test_files_that_git_does_not_know(repository: Path, tmp_path: Path) -> None:
    sources = {"new.py": SourceText.from_text(SOURCE), "shop.py": SourceText.from_text("x = 1\n")}
    assert set(changed_lines(repository, sources, seconds=PATIENT)) == {"shop.py"}
    (tmp_path / "elsewhere").mkdir()
    git(tmp_path / "elsewhere", "init", "-q")
    assert changes(tmp_path / "elsewhere", SOURCE) == Changed()  # no commit yet


def test_without_git_or_time(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert changes(tmp_path_factory.mktemp("plain"), SOURCE) == Changed()
    sources = {"shop.py": SourceText.from_text("x = 1\n")}
    assert changed_lines(repository, sources, seconds=0) == {}
    monkeypatch.setenv("PATH", "")
    assert changed_lines(repository, sources, seconds=PATIENT) == {}


def test_texts_too_different_to_compare_are_all_changed(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "_LARGEST", 4)
    edited = SOURCE.replace("square = radius", "square = 2").replace("RATE = 7", "RATE = 9")
    assert changes(repository, edited).uncommitted == set(range(3, 8))


def test_the_repositorys_configuration_starts_no_program(repository: Path) -> None:
    trap = repository / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {repository}/caught\ncat\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "diff.python.textconv", "filter.f.clean"):
        git(repository, "config", key, str(trap))
    commit(repository, "*.py diff=python filter=f\n", ".gitattributes")
    commit(repository, SOURCE.replace("RATE = 7", "RATE = 9"))
    (repository / "caught").unlink(missing_ok=True)
    found = changes(repository, SOURCE)
    assert found.uncommitted == {3}
    assert not (repository / "caught").exists()


TEST = "from shop import area, price\n\ndef test_both():\n    assert area(1) == price(1)\n"
FILES = {"shop.py": SOURCE, "tests/test_shop.py": TEST}
CASE = failed("tests/test_shop.py::test_both", ("tests/test_shop.py", 4, "test_both"))
COVERAGE = {CASE.id: lines_of(FILES, "shop.py", "area", "price")}


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed_lines, "__kwdefaults__", {"seconds": PATIENT})


@pytest.mark.usefixtures("patient")
def test_among_equals_the_changed_line_comes_first(repository: Path) -> None:
    before = SOURCE.replace("return net + tax", "return net - tax")
    commit(repository, before)
    (repository / "shop.py").write_text(SOURCE)
    found = localize(run_of(CASE), COVERAGE, reader(FILES), is_test=is_test, project=repository)
    assert found[0].line == 13
    assert "changed since the last commit" in found[0].evidence
    scores = by_line(found, "shop.py")
    without = by_line(localize(run_of(CASE), COVERAGE, reader(FILES), is_test=is_test), "shop.py")
    assert {line for line in scores if scores[line] > without[line]} == {13}


@pytest.mark.usefixtures("patient")
def test_a_changed_default_is_accused_though_no_test_covers_it(repository: Path) -> None:
    now = SOURCE.replace("def price(net):", "def price(net=1):")
    files = FILES | {"shop.py": now + "\n\ndef idle():\n    return 0\n"}
    found = localize(run_of(CASE), COVERAGE, reader(files), is_test=is_test, project=repository)
    scores = by_line(found, "shop.py")
    assert 0 < scores[11] < scores[13]
    assert 16 in scores  # `def idle` is new as well
    assert 17 not in scores  # but what it does was not done
