"""Unified diffs, read back by the tools that people will feed them to."""

import codecs
import subprocess
from pathlib import Path

import pytest
import unidiff
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repairlsp.patches import unified_diff
from repairlsp.source import SourceText
from repairlsp.types import Edit, LineSpan

LINE = st.sampled_from(["", "a", "b", "c", "    x = 1", "é", "\f", "\u2028", "\x85", "-- a", "+"])
TEXT = st.lists(st.tuples(LINE, st.sampled_from(["\n", "\n", "\r\n", "\r"])), max_size=20).flatmap(
    lambda pairs: LINE.map(lambda last: "".join(a + b for a, b in pairs) + last)
)
# Each example starts a process or two: some 5 ms each.
PROCESSES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def applied(repo: Path, tool: list[str], path: str, before: bytes, diff: bytes) -> bytes:
    """The file's bytes after a tool has applied the diff to it."""
    file = repo / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(before)
    done = subprocess.run(tool, cwd=repo, input=diff, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode() + diff.decode(errors="replace")
    return file.read_bytes()


GIT = ["git", "apply", "--whitespace=nowarn"]
PATCH = ["patch", "-p1", "--binary", "--no-backup-if-mismatch", "--fuzz=0"]


@PROCESSES
@given(before=TEXT, after=TEXT)
def test_git_makes_the_same_bytes(repo: Path, before: str, after: str) -> None:
    old, new = SourceText.from_text(before), SourceText.from_text(after)
    diff = unified_diff("pkg/a.py", old, new)
    if before == after:
        assert diff == ""
        return
    assert applied(repo, GIT, "pkg/a.py", old.to_bytes(), diff.encode()) == new.to_bytes()


@PROCESSES
@given(before=TEXT, after=TEXT)
def test_patch_makes_the_same_bytes(repo: Path, before: str, after: str) -> None:
    old, new = SourceText.from_text(before), SourceText.from_text(after)
    # GNU patch removes a file that becomes empty; git keeps it, and so do we.
    if before != after and after:
        diff = unified_diff("pkg/a.py", old, new)
        assert applied(repo, PATCH, "pkg/a.py", old.to_bytes(), diff.encode()) == new.to_bytes()


@given(before=TEXT, after=TEXT)
def test_unidiff_reads_the_same_change(before: str, after: str) -> None:
    old, new = SourceText.from_text(before), SourceText.from_text(after)
    diff = unified_diff("a.py", old, new)
    if not diff:
        return
    (file,) = unidiff.PatchSet(diff)
    assert file.path == "a.py"
    # unidiff takes an empty range for a file that is not there.
    assert file.is_modified_file or not before or not after
    # Each hunk's lines are lines of the two texts at the places that its header names.
    olds, news = before.split("\n"), after.split("\n")
    for hunk in file:
        for line in hunk:
            if line.is_added or line.is_context:
                assert line.value.removesuffix("\n") == news[line.target_line_no - 1]
            if line.is_removed or line.is_context:
                assert line.value.removesuffix("\n") == olds[line.source_line_no - 1]


@pytest.mark.parametrize(
    "path",
    [
        "a.py",
        "with space.py",
        "src/sub dir/a b.py",
        'quo"te.py',
        "back\\slash.py",
        "ünï.py",
        "tab\there.py",
        "-dash.py",
        "a b/c.py",
        "'single'.py",
        "b/a.py",
    ],
)
@pytest.mark.parametrize("tool", [GIT, PATCH], ids=["git", "patch"])
def test_odd_names(repo: Path, tool: list[str], path: str) -> None:
    old = SourceText.from_text("a\nb\nc\n")
    new = old.apply([Edit(path, LineSpan(2, 3), ("B",))])
    diff = unified_diff(path, old, new)
    assert applied(repo, tool, path, b"a\nb\nc\n", diff.encode()) == b"a\nB\nc\n"
    if " b/" not in path:  # where unidiff splits `diff --git a/a b/c.py b/a b/c.py` wrong
        (file,) = unidiff.PatchSet(diff)
        assert (file.added, file.removed) == (1, 1)


def test_a_name_is_written_as_git_writes_it(repo: Path) -> None:
    for path in ("plain.py", "with space.py", "ünï.py", 'a"b.py', "sub/x\ty.py"):
        file = repo / path
        file.parent.mkdir(exist_ok=True)
        file.write_text("a\n")
        git = ["git", "-C", str(repo)]
        subprocess.run([*git, "add", "--", path], check=True)
        file.write_text("b\n")
        done = subprocess.run([*git, "diff", "--", path], capture_output=True, check=True)
        theirs = done.stdout.decode().splitlines()
        ours = unified_diff(path, SourceText.from_text("a\n"), SourceText.from_text("b\n"))
        without_index = [line for line in theirs if not line.startswith("index ")]
        assert ours.splitlines() == without_index


@pytest.mark.parametrize(
    "before",
    [
        codecs.BOM_UTF8 + b"x = 1\ny = 2\n",
        b"# coding: latin-1\r\nx = '\xe9'\r\ny = 1",
        b"# coding: shift_jis\nx = '\x83\x5c'\ny = 1\n",
    ],
    ids=["bom", "latin-1", "shift_jis"],
)
def test_bytes_of_other_encodings(repo: Path, before: bytes) -> None:
    source = SourceText.from_bytes(before)
    for line in range(1, len(source.lines) + 1):
        if "coding" in source.lines[line - 1]:
            continue
        edit = Edit("a.py", LineSpan(line, line + 1), (source.lines[line - 1] + "  # new",))
        after = source.apply([edit])
        diff = unified_diff("a.py", source, after).encode(after.encoding)
        assert applied(repo, GIT, "a.py", before, diff) == after.to_bytes()


def test_the_form_of_a_diff() -> None:
    before = SourceText.from_text("".join(f"{number}\n" for number in range(1, 31)) + "end")
    after = before.apply(
        [
            Edit("m.py", LineSpan(5, 6), ("five", "and a half")),
            Edit("m.py", LineSpan(12, 13), ()),
            Edit("m.py", LineSpan(31, 32), ("END",)),
        ]
    )
    assert unified_diff("m.py", before, after) == (
        "diff --git a/m.py b/m.py\n"
        "--- a/m.py\n"
        "+++ b/m.py\n"
        "@@ -2,14 +2,14 @@\n"
        " 2\n 3\n 4\n-5\n+five\n+and a half\n 6\n 7\n 8\n 9\n 10\n 11\n-12\n 13\n 14\n 15\n"
        "@@ -28,4 +28,4 @@\n"
        " 28\n 29\n 30\n"
        "-end\n\\ No newline at end of file\n"
        "+END\n\\ No newline at end of file\n"
    )


def test_a_long_file_of_equal_lines_takes_no_time() -> None:
    before = SourceText.from_text("\n" * 200_000)
    after = before.apply([Edit("a.py", LineSpan(100_000, 100_000), ("x = 1",))])
    assert unified_diff("a.py", before, after).count("\n") == 11
