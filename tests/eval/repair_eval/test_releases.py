"""Diffs against releases as defects: the same type, without any download."""

from __future__ import annotations

import hashlib
import io
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from real_packages.cases import HERE, load
from repair_eval.suite import SuiteError, load_suite
from repair_eval.suite.load import CATALOGUE
from repair_eval.suite.pypi import ReleaseContent

SOURCE = b"def area(width, height):\n    return width * height\n"
DIFF = """\
--- a/shapes.py
+++ b/shapes.py
@@ -1,2 +1,2 @@
 def area(width, height):
-    return width * height
+    return width * width
"""


@pytest.fixture
def content(tmp_path: Path) -> ReleaseContent:
    """A release of one module in the cache, and a bug in it."""
    archive = tmp_path / "shapes.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        member = tarfile.TarInfo("shapes-1.0/shapes.py")
        member.size = len(SOURCE)
        tar.addfile(member, io.BytesIO(SOURCE))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    cache = tmp_path / "cache"
    cache.mkdir()
    archive.rename(cache / f"{digest}.tar.gz")
    diff = tmp_path / "1-square.diff"
    diff.write_text(DIFF)
    bug = load()[0]
    package = replace(bug.package, name="shapes", version="1.0", sha256=digest)
    return ReleaseContent(replace(bug, package=package, diff=diff), cache)


def test_every_bug_of_the_catalogue_is_a_defect():
    suite = load_suite(HERE)
    assert [defect.id for defect in suite.defects] == [bug.id for bug in load()]
    assert {(defect.kind, defect.language) for defect in suite.defects} == {("pypi-diff", "python")}
    for defect in suite.defects:
        assert defect.place == HERE / CATALOGUE
        assert defect.shape == "one-line"
        assert defect.tests.command[0] == "pytest"
        assert not defect.tests.has_hidden


def test_a_part_of_a_catalogue_can_be_asked_for():
    ids = [defect.id for defect in load_suite(HERE, ["toolz"]).defects]
    assert ids == ["toolz/1-join-left-unmatched", "toolz/2-update-in-default"]


def test_a_release_is_laid_out_with_and_without_its_bug(content: ReleaseContent, tmp_path: Path):
    for version, text in (("fixed", SOURCE), ("buggy", SOURCE.replace(b"* height", b"* width"))):
        folder = tmp_path / "new" / version
        content.lay_out(folder, version, "visible")
        assert [path.name for path in folder.iterdir()] == ["shapes.py"]
        assert (folder / "shapes.py").read_bytes() == text
    assert content.changed() == {"shapes.py": (SOURCE.replace(b"* height", b"* width"), SOURCE)}


def test_a_release_that_cannot_be_had_says_which(
    content: ReleaseContent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PIP_NO_INDEX", "1")  # so a download fails, at once
    gone = replace(content, cache=tmp_path / "empty")
    with pytest.raises(SuiteError, match=r"shapes/1-square: pip cannot download shapes 1\.0"):
        gone.changed()


def test_a_word_that_the_schema_does_not_know_is_an_error(tmp_path: Path):
    text = (HERE / CATALOGUE).read_text("utf-8")
    (tmp_path / CATALOGUE).write_text(text.replace('family = "wrong function"', 'family = "odd"'))
    for bug in load():
        (tmp_path / bug.package.name).mkdir(exist_ok=True)
        (tmp_path / bug.package.name / bug.diff.name).write_bytes(bug.diff.read_bytes())
    with pytest.raises(SuiteError, match="family 'odd' has no word in the schema"):
        load_suite(tmp_path)
