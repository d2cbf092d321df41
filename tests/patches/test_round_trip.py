"""Random files and candidates through policy, apply and revert (checks 15, 17 and 18): whatever
is refused leaves the tree as it was, what is applied keeps every byte outside its hunks, and what
is reverted leaves the tree as it was, modes included.
"""

from __future__ import annotations

import codecs
import os
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from repairlsp.errors import PatchError
from repairlsp.patches import Policy, apply, revert
from repairlsp.types import Edit, LineSpan

ALLOWED = ("a.py", "pkg/b.py", "pkg/sub dir/ü.py")
REFUSED = (
    "test_a.py",
    "conftest.py",
    "poetry.lock",
    ".github/x.py",
    ".git/hooks/x.py",
    "ignored.py",
    "link.py",
    "linked/b.py",
    "../outside.py",
    "new.py",
    "pkg/../a.py",
)
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
CHARACTERS = st.sampled_from("ab \t#'\"(=:\f\x85\u2028é漢😀")
WORDS = st.text(CHARACTERS, max_size=6)
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])
TEXTS = st.lists(st.tuples(WORDS, ENDS), min_size=3, max_size=9).flatmap(
    lambda pairs: WORDS.map(lambda last: "".join(a + b for a, b in pairs) + last)
)
FILES = st.one_of(
    TEXTS.map(str.encode),
    TEXTS.map(lambda text: codecs.BOM_UTF8 + text.encode()),
    TEXTS.map(lambda text: b"# coding: latin-1\r\n" + text.encode("latin-1", "replace")),
    TEXTS.map(lambda text: b"# coding: cp1252\n" + text.encode("cp1252", "replace")),
)
SPANS = st.tuples(st.integers(1, 5), st.integers(0, 2)).map(lambda at: LineSpan(at[0], sum(at)))
GOOD = st.builds(Edit, st.sampled_from(ALLOWED), SPANS, st.lists(WORDS, max_size=3).map(tuple))
EDITS = st.one_of(
    st.lists(GOOD, min_size=1, max_size=3),
    st.lists(GOOD, min_size=1, max_size=3),
    st.lists(GOOD, min_size=1, max_size=3),
    st.builds(
        lambda edits, bad: [*edits, bad],
        st.lists(GOOD, max_size=2),
        st.one_of(
            st.builds(Edit, st.sampled_from(REFUSED), SPANS, st.just(("x",))),
            st.builds(Edit, st.just("a.py"), SPANS, st.sampled_from([("x\ny",), ("\x1b[2K",)])),
        ),
    ),
)
ANY_BYTES = st.one_of(FILES, FILES, FILES, st.binary(max_size=30))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("round_trip")
    root = base / "project"
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    (root / ".gitignore").write_text("ignored.py\n")
    for path in (*ALLOWED, *REFUSED[:6], "../outside.py"):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x = 1\n" * 9)
    (root / "link.py").symlink_to("a.py")
    (root / "linked").symlink_to("pkg")
    (root / "a.py").chmod(0o755)
    return root


def tree(base: Path) -> dict[str, tuple[int, bytes]]:
    found = {}
    for where, folders, files in os.walk(base):
        for name in (*folders, *files):
            path = Path(where, name)
            data = b""
            if path.is_symlink():
                data = str(path.readlink()).encode()
            elif path.is_file():
                data = path.read_bytes()
            found[str(path.relative_to(base))] = (path.lstat().st_mode, data)
    return found


def assert_kept(before: bytes, after: bytes, edits: list[Edit]) -> None:
    """Every run of lines between the edits stands in `after` with its bytes, in order."""
    bom = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    assert after.startswith(bom)
    before, after = before.removeprefix(bom), after.removeprefix(bom)
    lines = _LINE.findall(before)
    ordered = sorted(edits, key=lambda edit: edit.span)
    starts = [1, *(edit.span.end for edit in ordered)]
    ends = [*(edit.span.start for edit in ordered), len(lines) + 1]
    at = 0
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        run = b"".join(lines[start - 1 : end - 1])
        place = after.find(run, at)
        assert place >= 0, run
        assert number or place == 0
        at = place + len(run)
    assert after.endswith(b"".join(lines[starts[-1] - 1 :]))


def pair(project: Path, texts: list[bytes], edits: list[Edit]) -> None:
    expected = dict(zip(ALLOWED, texts, strict=True))
    for path, data in expected.items():
        (project / path).write_bytes(data)  # keeps the mode
    before = tree(project.parent)
    if Policy(project).check(edits):
        paths = {edit.path for edit in edits}
        lines = [line for edit in edits for line in edit.lines]
        assert paths - {*ALLOWED} or any("\n" in line or "\x1b" in line for line in lines)
        assert tree(project.parent) == before
        event("refused")
        return
    assert {edit.path for edit in edits} <= {*ALLOWED}
    try:
        changed = apply(project, edits, expected)
    except PatchError:
        assert tree(project.parent) == before
        event("does not fit")
        return
    event("applied" if changed else "changes nothing")
    for path, data in expected.items():
        after = (project / path).read_bytes()
        assert (path in changed) == (after != data)
        assert_kept(data, after, [edit for edit in edits if edit.path == path])
    assert revert(project, edits, expected) == changed
    assert tree(project.parent) == before


def checked(examples: int) -> settings:
    return settings(max_examples=examples, suppress_health_check=list(HealthCheck))


@checked(200)
@given(st.lists(ANY_BYTES, min_size=3, max_size=3), EDITS)
def test_a_few_hundred_pairs(project: Path, texts: list[bytes], edits: list[Edit]) -> None:
    pair(project, texts, edits)


@pytest.mark.slow
@checked(10_000)
@given(st.lists(ANY_BYTES, min_size=3, max_size=3), EDITS)
def test_ten_thousand_pairs(project: Path, texts: list[bytes], edits: list[Edit]) -> None:
    pair(project, texts, edits)
