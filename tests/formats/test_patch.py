"""The patch format: `git am` takes it, for whatever a file's bytes or a test's words may be."""

from __future__ import annotations

import dataclasses
import os
import subprocess
from pathlib import Path

import pytest

from repairlsp.formats import FORMATS, encoded
from repairlsp.types import Edit, LineSpan, RepairRequest, RepairResult
from tests.formats.repairs import repair, request_for
from tests.formats.results import FAILING, SILENCING, patch

mail = FORMATS["patch"]
# What a user's own settings say about line ends or signatures is not asked for here.
ENVIRONMENT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def git(folder: Path, *words: str, data: bytes = b"") -> str:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@b.invalid", *words]
    done = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, input=data, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()
    return done.stdout.decode()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    return folder


def committed(repository: Path, path: str, data: bytes) -> None:
    file = repository / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "before")


def taken(repository: Path, result: RepairResult, project: Path | None = None) -> None:
    """Feed the mail to `git am`, and see that all is as it should be then."""
    request = request_for(project or repository)
    git(repository, "am", "-q", data=encoded("patch", mail(result, request)))
    assert git(repository, "status", "--porcelain") == ""


FILES = {
    "plain": b"a = 1\nb = 2\nc = 3\n",
    "no final newline": b"a = 1\nb = 2\nc = 3",
    "latin-1": "# coding: latin-1\nb = 'caf\xe9'\nc = '\xe9'\n".encode("latin-1"),
    "utf-8": "a = 'é'\nb = '😀'\nc = '\u2028'\n".encode(),
    "windows": b"a = 1\r\nb = 2\r\nc = '=20 '\r\n",
    "mark and windows": b"\xef\xbb\xbfa = 1\r\nb = 2\r\nc = 3\r\n",
    "trailing space": b"a = 1 \nb = 2\t\n \nFrom me Mon Sep 17 00:00:00 2001\n",
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
@pytest.mark.parametrize("line", [1, 2, 3])
def test_git_am_makes_the_very_bytes(repository: Path, data: bytes, line: int) -> None:
    if b"coding" in data and line == 1:
        pytest.skip("it would no longer be in that encoding")
    committed(repository, "shop.py", data)
    result = repair(repository, Edit("shop.py", LineSpan(line, line + 1), ("x = 10 ",)))
    taken(repository, result)
    mark = b"\xef\xbb\xbf" if line == 1 and data.startswith(b"\xef") else b""
    lines = data.split(b"\n")
    lines[line - 1] = mark + b"x = 10 " + (b"\r" if lines[line - 1].endswith(b"\r") else b"")
    assert (repository / "shop.py").read_bytes() == b"\n".join(lines)


def test_the_message_tells_the_bug_the_fix_and_the_proof(
    repaired: RepairResult, repository: Path
) -> None:
    committed(
        repository,
        "shop/pricing.py",
        b'def discounted(price, percent):\n    "The price after a discount."\n'
        b"    return price - price * percent / 10\n",
    )
    taken(repository, repaired)
    told = git(repository, "log", "-1", "--format=%an <%ae>%n%B")
    assert told == (
        "repairlsp <repairlsp@localhost.invalid>\n"
        "Fix shop/pricing.py: test_discount passes\n"
        "\n"
        "`tests/test_pricing.py::test_discount` fails with `AssertionError:\n"
        "assert 0.0 == 90.0`. The patch changes line 3 of `shop/pricing.py`\n"
        "(executed by 1 failing test and by 2 that pass): `return price - price *\n"
        "percent / 10` becomes `return price - price * percent / 100`. With it, 1\n"
        "failing test passes, 41 others still pass, run twice. It was written by\n"
        "the embedded model.\n"
        "\n"
        "Proved with: pytest -q\n"
        "\n"
    )


def test_a_project_in_a_folder_of_the_repository(repository: Path) -> None:
    committed(repository, "services/my shop/café.py", b"a = 1\nb = 2\n")
    project = repository / "services" / "my shop"
    taken(repository, repair(project, Edit("café.py", LineSpan(2, 3), ("b = 3",))), project)
    assert (project / "café.py").read_bytes() == b"a = 1\nb = 3\n"
    assert "Fix café.py: test_discount passes" in git(repository, "log", "-1", "--format=%s")


def test_two_files_in_two_encodings(repository: Path) -> None:
    committed(repository, "a.py", b"a = 1\n")
    committed(repository, "b.py", "# coding: latin-1\nb = 'é'\n".encode("latin-1"))
    edits = (
        Edit("a.py", LineSpan(1, 1), ("b = 'é'",)),
        Edit("b.py", LineSpan(2, 3), ("b = 'éé'",)),
    )
    taken(repository, repair(repository, *edits))
    assert (repository / "a.py").read_bytes() == "b = 'é'\na = 1\n".encode()
    assert (repository / "b.py").read_bytes().endswith(b"'\xe9\xe9'\n")
    assert "Fix 2 files: test_discount passes" in git(repository, "log", "-1", "--format=%s")


@pytest.mark.parametrize(
    "message",
    [
        "AssertionError: ---",
        "AssertionError: " + "x" * 40 + " --- diff --git a/b c/d " + "Index: " * 30,
        "ValueError: " + "From nobody Mon Sep 17 00:00:00 2001 " * 5,
        "KeyError: " + "Subject: another " * 9,
        "UnicodeError: '\x1b[31m' \udcff \u202e 😀",
        "E: " + "-- >8 -- " * 20,
        "E: ` `` ```",
    ],
)
def test_no_words_of_a_test_get_in_the_way(repository: Path, message: str) -> None:
    committed(repository, "shop.py", b"a = 1\n")
    case = dataclasses.replace(FAILING, message=message)
    taken(repository, repair(repository, Edit("shop.py", LineSpan(1, 2), ("a = 2",)), failing=case))
    told = git(repository, "log", "-1", "--format=%B")
    assert told.startswith("Fix shop.py: test_discount passes\n\n")
    assert "Proved with: pytest -q" in told
    assert git(repository, "log", "--format=%s").count("\n") == 2


def test_without_a_verified_patch_there_is_no_mail(
    suggested: RepairResult,
    not_repaired: RepairResult,
    nothing_failing: RepairResult,
    request_: RepairRequest,
) -> None:
    for result in (suggested, not_repaired, nothing_failing):
        assert mail(result, request_) == ""


def test_a_patch_that_only_silences_says_so(
    repaired: RepairResult, request_: RepairRequest
) -> None:
    marked = dataclasses.replace(repaired, patches=(patch(cautions=(SILENCING,)),))
    told = mail(marked, request_)
    assert "Subject: [PATCH] Silence shop/pricing.py: test_discount passes\n" in told
    assert "Caution: this patch takes out a check" in told
