"""The hand-made bugs of published packages: their catalogue and diffs, without any download."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from real_packages import judge, report, sdists, suite
from real_packages.cases import HERE, Bug, CaseError, Package, faulty_lines, load
from unidiff.patch import PatchSet

from repairlsp.types import CoveredLine

BUGS = load()


def test_there_are_enough_packages_each_with_two_bugs():
    packages = [bug.package for bug in BUGS]
    assert len(set(packages)) >= 6
    assert all(packages.count(package) == 2 for package in packages)


def test_every_diff_is_listed_and_every_listed_diff_is_there():
    assert {bug.diff for bug in BUGS} == set(HERE.glob("*/*.diff"))


def test_the_bugs_of_a_package_are_of_different_families_and_functions():
    for first, second in zip(BUGS[::2], BUGS[1::2], strict=True):
        assert first.package == second.package
        assert first.family != second.family
        assert first.diff.read_text() != second.diff.read_text()


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.id)
def test_a_diff_is_one_small_change_to_one_module(bug: Bug):
    (file,) = PatchSet(bug.diff.read_text())
    (hunk,) = file
    assert file.path.endswith(".py") and "test" not in file.path
    assert hunk.added <= 1 and 1 <= hunk.removed <= 1
    assert len(hunk) <= 8, "no more of the package's code than three lines on each side"
    assert len(faulty_lines(bug.diff.read_text())) == 1


def test_the_faulty_line_of_a_dropped_statement_is_the_one_that_follows():
    diff = "--- a/m.py\n+++ b/m.py\n@@ -4,3 +4,2 @@\n first\n-dropped\n last\n"
    assert faulty_lines(diff) == {CoveredLine("m.py", 5)}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("schema_version = 1", "schema_version = 2"), "schema_version must be 1"),
        (('family = "wrong variable"\n', ""), "family must be a text"),
        (('difficulty = "hard"', 'difficulty = "cruel"'), "difficulty must be one of"),
        (("1-delta-sign.diff", "1-delta.diff"), "there is no 1-delta.diff"),
        (('sha256 = "96', 'sha256 = "xx'), "64 hexadecimal digits"),
        (('test = ["pytest", "-q"]', 'test = ["make", "test"]'), "must start with pytest"),
        (('about = "', 'abuot = "'), "unknown keys abuot"),
    ],
)
def test_a_catalogue_that_is_wrong_is_refused(
    tmp_path: Path, change: tuple[str, str], message: str
):
    folder = tmp_path / "real_packages"
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    catalogue = folder / "packages.toml"
    text = catalogue.read_text()
    assert change[0] in text
    catalogue.write_text(text.replace(*change))
    with pytest.raises(CaseError, match=message):
        load(folder)


def test_the_innermost_function_is_found():
    source = "def outer():\n    def inner():\n        pass\n    return inner\n\nx = 1\n"
    assert judge.enclosing(source, 3) == (2, 4)
    assert judge.enclosing(source, 4) == (1, 5)
    assert judge.enclosing(source, 6) == (6, 7)


# ------------------------------------------------------- the judge, on a small release made here

SOURCE = "def area(width, height):\n    return width * height\n"
DIFF = """\
--- a/shapes.py
+++ b/shapes.py
@@ -1,2 +1,2 @@
 def area(width, height):
-    return width * height
+    return width * width
"""
TESTS = "from shapes import area\n\n\ndef test_area():\n    assert area(2, 3) == 6\n"


MATCHES: dict[str, judge.Match] = {
    "width * height": "exact",
    "(width * height)": "ast",
    "height * width": "plausible",
    "width + height": "wrong",
}
"""What a patch returns, and how it compares with the original."""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Bug, Path]:
    folder = tmp_path_factory.mktemp("release")
    sdist = folder / "shapes-1.0.tar.gz"
    with tarfile.open(sdist, "w:gz") as archive:
        for name, text in (("shapes.py", SOURCE), ("test_shapes.py", TESTS)):
            member = tarfile.TarInfo(f"shapes-1.0/{name}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    diff = folder / "1-square.diff"
    diff.write_text(DIFF)
    command = ("pytest", "-q")
    package = Package("shapes", "1.0", "0" * 64, "MIT", command, command, (), "")
    return Bug(package, diff, "wrong variable", "easy", "all rectangles are squares"), sdist


@pytest.fixture(scope="module")
def outcomes(
    release: tuple[Bug, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, judge.Outcome]:
    """What the judge says when the buggy line's place is taken by `    return {patched}`."""
    bug, sdist = release
    folder = tmp_path_factory.mktemp("judge")
    original = suite.run(bug.package.suite, sdists.unpack(sdist, folder / "original"))
    assert original.passed and original.tests == 1
    locations = [{"path": "shapes.py", "line": 1}, {"path": "shapes.py", "line": 2}]
    said = {}
    for number, patched in enumerate(MATCHES):
        diff = DIFF.replace("width * height", "width * width", 1)
        diff = diff.replace("+    return width * width", f"+    return {patched}")
        patch = {"status": "verified", "source": "model", "rank": 1, "diff": diff}
        result = {"message": "", "patches": [patch], "locations": locations, "counts": {}}
        reply = judge.Reply(0, json.dumps(result), "", 1.0)
        said[patched] = judge.judge(bug, reply, sdist, original, folder / str(number), 60)
    return said


@pytest.mark.parametrize(("patched", "match"), MATCHES.items())
def test_a_reported_patch_is_compared_with_the_original(
    outcomes: dict[str, judge.Outcome], patched: str, match: judge.Match
):
    outcome = outcomes[patched]
    assert outcome.match == match
    assert outcome.repaired == (match != "wrong")
    assert (outcome.line_rank, outcome.function_rank) == (2, 1)


def test_the_report_says_the_same_to_programs_and_people(
    outcomes: dict[str, judge.Outcome], tmp_path: Path
):
    report.write(list(outcomes.values()), "python run.py", tmp_path)
    data = json.loads((tmp_path / "real-packages.json").read_text())
    text = (tmp_path / "real-packages.md").read_text()
    assert [bug["match"] for bug in data["bugs"]] == list(MATCHES.values())
    assert data["summary"]["repaired"] == 3 and "**3 of 4 repaired**" in text
    assert "+    return height * width" in text and "the whole suite disagrees" in text


@pytest.mark.parametrize(
    ("result", "why"),
    [
        ({"locations": [], "seconds": 9.0}, "localization"),
        ({"locations": [{"path": "shapes.py", "line": 1}], "seconds": 59.0}, "time"),
        ({"locations": [{"path": "shapes.py", "line": 2}], "seconds": 9.0}, "candidate missing"),
    ],
)
def test_a_failure_is_explained(
    release: tuple[Bug, Path], tmp_path: Path, result: dict[str, object], why: str
):
    bug, sdist = release
    rest = {"message": "", "status": "not-repaired", "patches": [], "counts": {"validated": 7}}
    reply = judge.Reply(1, json.dumps(rest | result), "", 9.0)
    unused = suite.SuiteRun(0, 1, 0, (), 0.0)
    outcome = judge.judge(bug, reply, sdist, unused, tmp_path, 60)
    assert outcome.match == "none" and outcome.why.startswith(why)


@pytest.mark.parametrize(
    ("stderr", "words"),
    [
        ("Traceback\nModelError: the worker died\n", "ModelError: the worker died"),
        ("a warning\nrepairlsp: no pytest here\n  hint: install it\n", "no pytest here"),
        ("", "no message"),
    ],
)
def test_an_end_without_a_result_is_a_failure_with_its_last_words(
    release: tuple[Bug, Path], tmp_path: Path, stderr: str, words: str
):
    bug, sdist = release
    reply = judge.Reply(2, "", stderr, 1.0)
    unused = suite.SuiteRun(0, 1, 0, (), 0.0)
    outcome = judge.judge(bug, reply, sdist, unused, tmp_path, 60)
    assert outcome.why == f"exit 2: {words}"


def test_a_diff_that_does_not_fit_is_an_error(release: tuple[Bug, Path], tmp_path: Path):
    project = sdists.unpack(release[1], tmp_path / "project")
    sdists.apply(DIFF, project)
    with pytest.raises(sdists.SdistError, match="does not apply"):
        sdists.apply(DIFF, project)


def test_a_kept_release_is_used_only_when_its_hash_is_the_pinned_one(
    release: tuple[Bug, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PIP_NO_INDEX", "1")  # so a download fails, at once
    content = release[1].read_bytes()
    package = replace(release[0].package, sha256=hashlib.sha256(content).hexdigest())
    kept = tmp_path / f"{package.sha256}.tar.gz"
    kept.write_bytes(content)
    assert sdists.fetch(package, tmp_path) == kept
    kept.write_bytes(content[:-1])
    with pytest.raises(sdists.SdistError, match=r"pip cannot download shapes 1\.0"):
        sdists.fetch(package, tmp_path)
