"""Loading a suite: every way of being wrong is named with its file and key."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from repair_eval.suite import SuiteError, load_suite
from repair_eval.suite.folder import load_folder
from repair_eval.suite.needs import Need, parse_need
from repair_eval.suite.vocabulary import FAMILIES, TRAITS

from tests.eval.repair_eval.copies import SUITE, copy_defect, replace, write

Damage = Callable[[Path], object]
ID = "python/duration-parts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_defect(ID, tmp_path / "suite")


def test_every_defect_of_the_project_can_be_loaded():
    suite = load_suite(SUITE)
    assert suite.refused == ()
    assert len({defect.id for defect in suite.defects}) == len(suite.defects) > 50


def test_the_readme_shows_authors_the_very_words_of_the_schema():
    readme = (SUITE / "README.md").read_text("utf-8")
    for words in (FAMILIES, TRAITS):
        for word, meaning in words.items():
            assert f"| `{word}` | {meaning} |" in readme
    rows = re.findall(r"^\| `([a-z-]+)` \| ", readme.partition("## Families")[2], re.MULTILINE)
    assert rows == [*FAMILIES, *TRAITS]


def test_a_defect_is_laid_out_by_version_and_tests(folder: Path, tmp_path: Path):
    content = load_folder(folder).content
    expected = {
        ("buggy", "none"): {"durations.py"},
        ("fixed", "visible"): {"durations.py", "tests/test_durations.py"},
        ("buggy", "all"): {
            "durations.py",
            "tests/test_durations.py",
            "tests/test_durations_more.py",
        },
    }
    for (version, tests), files in expected.items():
        place = tmp_path / f"{version}-{tests}"
        content.lay_out(place, version, tests)
        found = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
        assert found == files
        source = (place / "durations.py").read_bytes()
        assert source == (folder / version / "durations.py").read_bytes()
    assert list(content.test_files("visible")) == ["tests/test_durations.py"]
    assert set(content.changed()) == {"durations.py"}


def test_support_files_come_with_the_visible_tests(tmp_path: Path):
    content = load_folder(copy_defect("c/bit-set-words", tmp_path / "suite")).content
    content.lay_out(tmp_path / "laid", "buggy", "visible")
    assert (tmp_path / "laid" / "tests" / "harness.h").is_file()


def toml(old: str, new: str) -> Damage:
    return lambda folder: replace(folder / "defect.toml", old, new)


def added(text: str) -> Damage:
    def add(folder: Path) -> None:
        path = folder / "defect.toml"
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    return add


def file(name: str, text: str = "x = 1\n") -> Damage:
    return lambda folder: write(folder / name, text)


def without(name: str) -> Damage:
    return lambda folder: (folder / name).rename(folder.parents[2] / "gone")


def same_as_buggy(folder: Path) -> None:
    (folder / "fixed" / "durations.py").write_bytes(
        (folder / "buggy" / "durations.py").read_bytes()
    )


DAMAGES: dict[str, tuple[Damage, str]] = {
    "no toml": (without("defect.toml"), "defect.toml: the file is missing"),
    "bad toml": (toml("family =", "family ="[:-1]), "defect.toml: not TOML: .*line 3"),
    "version": (toml("schema_version = 1", "schema_version = 2"), "schema_version must be 1"),
    "no version": (toml("schema_version = 1\n", ""), "schema_version must be 1"),
    "unknown key": (toml("provenance", "provenence"), "provenence is not a key here"),
    "missing key": (toml("provenance", "provenence"), "defect.toml: provenance must be a text"),
    "no sentence": (toml('overwritten."', 'overwritten"'), "about must be a sentence"),
    "two lines": (toml("A duration", r"A\nduration"), "about must be a text of one line"),
    "family": (toml("wrong-computation", "slip"), "family must be one of .*, not 'slip'"),
    "difficulty": (toml('"easy"', '"trivial"'), "difficulty must be one of easy, medium, hard"),
    "shape": (toml('"one-line"', "1"), "shape must be one of .*, not 1"),
    "trait": (toml('"regex"', '"regexp"'), "traits must only hold words from.*, not 'regexp'"),
    "trait twice": (toml('"regex"', '"parsing"'), "traits holds 'parsing' twice"),
    "no traits": (toml('["parsing", "regex", "dates"]', '"parsing"'), "traits must be a list"),
    "need": (added('needs = ["node >= 20"]\n'), "needs has 'node >= 20', not NAME"),
    "needs": (added('needs = "node"\n'), "needs must be a list of texts"),
    "tests": (added("tests = 1\n"), "tests must be a table"),
    "test key": (added('[tests]\ncomand = ["pytest"]\n'), "tests.comand is not a key here"),
    "command": (added('[tests]\ncommand = "pytest -q"\n'), "tests.command must be a list"),
    "runner": (added('[tests]\nrunner = "nose"\n'), "tests.runner is not a key here"),
    "seconds": (added("[tests]\nseconds = 0\n"), "tests.seconds must be a number of seconds"),
    "flag": (added("[tests]\nnone_pass_before = 1\n"), "none_pass_before must be true or false"),
    "no buggy": (without("buggy"), "buggy: the folder is missing"),
    "no hidden": (without("hidden/tests/test_durations_more.py"), "hidden: has no files"),
    "stray part": (file("expected/x.py"), "expected: not a part of a defect"),
    "new file": (file("fixed/more.py"), "fixed/more.py: there is no such file in buggy/"),
    "no change": (same_as_buggy, "fixed/durations.py: is the same as in buggy/"),
    "fixed tests": (file("fixed/pytest.ini", "[pytest]\n"), "a fix changes python source"),
    "visible source": (file("visible/durations.py"), "visible/durations.py: hides a file of buggy"),
    "hidden source": (file("hidden/durations.py"), "hidden/durations.py: hides a file of buggy/"),
    "hidden visible": (
        file("hidden/tests/test_durations.py"),
        "hidden/tests/test_durations.py: hides a file of visible/",
    ),
    "link": (
        lambda folder: (folder / "buggy" / "link.py").symlink_to("/etc/passwd"),
        "buggy/link.py: not a regular file",
    ),
    "slug": (lambda folder: folder.rename(folder.with_name("Duration_Parts")), "lower-case-words"),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_defect_is_refused_with_file_and_key(folder: Path, kind: str):
    damage, message = DAMAGES[kind]
    damage(folder)
    (refused,) = load_suite(folder.parents[1]).refused
    assert any(re.search(message, problem) for problem in refused.problems), refused.problems


def test_all_problems_are_said_at_once(folder: Path):
    for kind in ("version", "family", "trait", "new file", "stray part"):
        DAMAGES[kind][0](folder)
    (refused,) = load_suite(folder.parents[1]).refused
    assert len(refused.problems) == 5


def test_what_running_the_tests_in_place_leaves_behind_does_not_matter(folder: Path):
    write(folder / "buggy" / "__pycache__" / "durations.cpython-311.pyc", "")
    write(folder / "visible" / ".pytest_cache" / "README.md", "")
    write(folder / "__pycache__" / "x.pyc", "")
    (defect,) = load_suite(folder.parents[1]).defects
    assert list(defect.content.test_files("visible")) == ["tests/test_durations.py"]


def test_a_folder_that_is_no_language_is_refused(folder: Path):
    (folder.parents[1] / "cobol").mkdir()
    with pytest.raises(SuiteError, match="cobol: not a language of the schema"):
        load_suite(folder.parents[1])


@pytest.mark.parametrize("pattern", [ID, "python", "*/duration-*", "python/*"])
def test_a_part_of_a_suite_can_be_asked_for(tmp_path: Path, pattern: str):
    copy_defect(ID, tmp_path)
    copy_defect("rust/short-durations", tmp_path)
    assert [defect.id for defect in load_suite(tmp_path, [pattern]).defects] == [ID]


def test_asking_for_what_is_not_there_is_an_error(folder: Path, tmp_path: Path):
    with pytest.raises(SuiteError, match="has no defect python/duration"):
        load_suite(folder.parents[1], ["python/duration"])
    with pytest.raises(SuiteError, match="has no defects"):
        load_suite(tmp_path / "suite" / "python" / "duration-parts" / "buggy")
    with pytest.raises(SuiteError, match="is not a folder"):
        load_suite(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("node", Need("node")),
        ("node>=20.11", Need("node", (20, 11))),
        ("python-package:more_itertools", Need("more_itertools", is_package=True)),
        ("node>20", None),
        ("python-package:", None),
        ("python-package:more-itertools", None),
        ("", None),
    ],
)
def test_needs_are_written_in_one_way(text: str, need: Need | None):
    assert parse_need(text) == need
    assert need is None or str(need) == text
