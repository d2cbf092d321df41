"""Fuzzing: edits as a diff through `git apply` make the bytes that applying makes (check 15)."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from hypothesis import strategies as st

from repairlsp.errors import PatchError
from repairlsp.patches import apply, revert, unified_diff
from repairlsp.patches.files import plain_parts
from repairlsp.source import SourceText
from repairlsp.types import Edit, LineSpan
from tests.fuzz.fuzzing import fuzz
from tests.fuzz.mutations import mutilated

_LINES = st.lists(st.text("ab \t'#é\f\u2028\\-+@", max_size=12), max_size=3).map(tuple)
_EDITS = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 4), _LINES), min_size=1, max_size=4)
_ENDS = st.sampled_from(["\n", "\r\n", "\r", "mixed"])


@fuzz(mutilated(1_000), _ENDS, st.booleans(), _EDITS, examples=40)
def test_git_apply_agrees(
    text: str, end: str, bom: bool, places: list[tuple[int, int, tuple[str, ...]]]
) -> None:
    if end != "mixed":
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", end)
    data = (b"\xef\xbb\xbf" if bom else b"") + text.encode("utf-8", "replace")
    edits = [Edit("pkg/a.py", LineSpan(at, at + count), new) for at, count, new in places]
    try:
        before = SourceText.from_bytes(data)
        after = before.apply(edits)
    except PatchError:
        return
    assert before.to_bytes() == data
    diff = unified_diff("pkg/a.py", before, after).encode(after.encoding)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "pkg", "a.py")
        file.parent.mkdir()
        file.write_bytes(data)
        assert bool(apply(Path(folder), edits, {"pkg/a.py": data})) == bool(diff)
        ours = file.read_bytes()
        assert ours == after.to_bytes()
        revert(Path(folder), edits, {"pkg/a.py": data})
        assert file.read_bytes() == data
        if diff:
            git = ["git", "apply", "--whitespace=nowarn", "-"]
            subprocess.run(git, cwd=folder, input=diff, check=True)
        assert file.read_bytes() == ours


_PARTS = st.sampled_from(["..", ".", "", "a", ".git", ".GIT", "a.py", "\\", "\0", "\n", "~", "é"])
_PATHS = st.one_of(st.text(max_size=20), st.lists(_PARTS, max_size=5).map("/".join))


@fuzz(_PATHS, examples=300)
def test_a_path_stays_inside(path: str) -> None:
    """Check 17."""
    try:
        parts = plain_parts(path)
    except PatchError:
        return
    assert "/".join(parts) == path
    assert not {"..", ".", ""} & {*parts}
    assert not any(part.casefold() == ".git" for part in parts)
    assert Path("/project", path).resolve().is_relative_to("/project")


@fuzz(st.binary(max_size=200), examples=300)
def test_bytes_come_back_or_are_refused(data: bytes) -> None:
    try:
        source = SourceText.from_bytes(data)
    except PatchError:
        return
    assert source.to_bytes() == data
    assert source.apply([]).to_bytes() == data
