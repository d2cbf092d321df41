"""The suite of synthetic bugs as data, without any download."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from synthetic import packages
from synthetic.bugs import BUGS, SOURCES, Bug, load, made_by, save
from synthetic.build import MOST_OVERLAP
from synthetic.packages import CatalogueError
from synthetic.trial import MOST_FAILING, MOST_SECONDS
from unidiff.patch import PatchSet

from repairlsp.training import settings

SUITE = load()
PACKAGES = packages.load()


def test_there_are_many_bugs_each_in_a_function_of_its_own():
    assert len(SUITE) == len({bug.id for bug in SUITE}) == made_by()["bugs"] >= 100
    made = Counter(bug.source for bug in SUITE)
    assert all(made[source] >= 20 for source in SOURCES)


def test_no_package_is_one_that_the_model_is_trained_on():
    assert len(PACKAGES) >= 4 and {bug.package for bug in SUITE} == set(PACKAGES)
    assert not set(PACKAGES) & set(settings.load().corpus.packages)


def test_any_first_part_of_the_suite_mixes_sources_and_packages():
    first = SUITE[:60]
    assert len({bug.package for bug in first}) >= 8
    assert {bug.source for bug in first} == set(SOURCES)


@pytest.mark.parametrize("bug", SUITE, ids=lambda bug: bug.id)
def test_a_bug_is_one_small_change_that_few_tests_notice_soon(bug: Bug):
    (file,) = PatchSet(bug.diff)
    assert file.path == bug.path
    assert any(bug.path.startswith(f"{folder}/") for folder in PACKAGES[bug.package].code)
    assert sum(hunk.added + hunk.removed for hunk in file) <= 24
    assert 1 <= len(bug.failing) <= MOST_FAILING
    assert all(test.startswith(bug.tests[0]) for test in bug.failing)
    assert bug.seconds <= MOST_SECONDS and bug.overlap <= MOST_OVERLAP


def test_the_suite_says_how_it_was_made():
    header = made_by()
    assert header["seed"] and header["command"].startswith("python eval/synthetic/main.py build")
    assert len(header["tools"]) == 2


def test_a_suite_is_read_as_it_was_written(tmp_path: Path):
    path = tmp_path / "bugs.jsonl"
    save(SUITE[:3], {"seed": 5}, path)
    assert load(path) == SUITE[:3] and made_by(path)["seed"] == 5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('"source": "', '"source": "nobody '), "source must be one of"),
        (('"operator": ', '"operater": '), "operater"),
        (('{"schema_version": 1', '{"schema_version": 2'), "schema_version must be 1"),
    ],
)
def test_a_suite_that_is_wrong_is_refused(tmp_path: Path, change: tuple[str, str], message: str):
    text = "\n".join(BUGS.read_text("utf-8").splitlines()[:2])
    assert change[0] in text
    path = tmp_path / "bugs.jsonl"
    path.write_text(text.replace(*change), "utf-8")
    with pytest.raises(CatalogueError, match=message):
        made_by(path)
        load(path)


def test_a_suite_that_is_not_there_is_an_error_that_says_what_to_do(tmp_path: Path):
    with pytest.raises(CatalogueError, match="make it with `build`"):
        load(tmp_path / "bugs.jsonl")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("schema_version = 1", "schema_version = 9"), "schema_version must be 1"),
        (('code = ["boltons"]', "code = []"), "code must name a folder"),
        (('license = "MIT"', "license = 7"), "license must be a text"),
        (("notes = ", "nots = "), "unknown keys nots"),
    ],
)
def test_a_catalogue_that_is_wrong_is_refused(
    tmp_path: Path, change: tuple[str, str], message: str
):
    text = (packages.HERE / "packages.toml").read_text()
    assert change[0] in text
    path = tmp_path / "packages.toml"
    path.write_text(text.replace(*change, 1))
    with pytest.raises(CatalogueError, match=message):
        packages.load(path)
