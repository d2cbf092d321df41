"""The command line: lines and a table for people, JSON for programs, exit codes for both."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from repair_eval.main import main

from tests.eval.repair_eval.copies import copy_defect, replace


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """One defect that holds, one that does not (in two ways), one refused, one to be skipped."""
    suite = tmp_path / "suite"
    copy_defect("python/duration-parts", suite)
    shutil.copytree(suite / "python/duration-parts", suite / "python/wrong")
    replace(suite / "python/wrong/defect.toml", '"one-line"', '"multi-line"')
    shutil.copytree(suite / "python/duration-parts", suite / "python/refused")
    replace(suite / "python/refused/defect.toml", "family", "famly")
    shutil.copytree(suite / "python/duration-parts", suite / "python/skipped")
    replace(suite / "python/skipped/defect.toml", "traits", 'needs = ["no-such-tool"]\ntraits')
    return suite


def test_check_names_what_does_not_hold(suite: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["check", str(suite), "--jobs", "2", "--sandbox", "limits"]) == 1
    lines = capsys.readouterr().out.splitlines()
    place = suite / "python/refused/defect.toml"
    assert lines[0].startswith(f"FAILED  python/refused: {place}: family must be one of ")
    assert lines[1].startswith(f"FAILED  python/refused: {place}: famly is not a key here")
    assert lines[2] == "skipped python/skipped: no no-such-tool"
    assert lines[3] == "FAILED  python/wrong: shape: the fix is one-line, not multi-line"
    table = lines[4:]
    assert table[0].split() == [
        "defects",
        "hold",
        "fail",
        "skipped",
        "visible",
        "hidden",
        "seconds",
    ]
    assert table[1].split()[:7] == ["python", "4", "1", "2", "1", "8", "22"]
    assert table[-1].startswith("1 of 4 hold, 1 skipped; ")
    assert all(len(line) <= 80 for line in table)


def test_check_as_json(suite: Path, capsys: pytest.CaptureFixture[str]):
    only = ["--only", "python/skipped", "--only", "python/refused"]
    assert main(["check", str(suite), "--json", *only]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["schema_version"] == 1
    statuses = {defect["id"]: defect["status"] for defect in document["defects"]}
    assert statuses == {"python/refused": "fails", "python/skipped": "skipped"}


def test_a_check_in_which_all_is_skipped_succeeds(suite: Path):
    assert main(["check", str(suite), "--only", "python/skipped"]) == 0


def test_list_counts(suite: Path, capsys: pytest.CaptureFixture[str]):
    copy_defect("rust/short-durations", suite)
    assert main(["list", str(suite)]) == 1
    said = capsys.readouterr()
    rows = {" ".join(line.split()) for line in said.out.splitlines()}
    assert {"python rust all", "wrong-computation 3 3", "wrong-order 1 1", "all 3 1 4"} <= rows
    assert "multi-hunk 1 1" in rows
    assert all(len(line) <= 80 for line in said.out.splitlines())
    assert "python/refused is left out: " in said.err


def test_list_as_json_and_by_id(suite: Path, capsys: pytest.CaptureFixture[str]):
    only = ["--only", "python/duration-parts"]
    assert main(["list", str(suite), "--json", *only]) == 0
    (defect,) = json.loads(capsys.readouterr().out)["defects"]
    assert defect["id"] == "python/duration-parts"
    assert defect["traits"] == ["dates", "parsing", "regex"]
    assert defect["command"] == ["pytest", "-q"]
    assert main(["list", str(suite), "--ids", *only]) == 0
    assert capsys.readouterr().out.startswith("python/duration-parts: A duration of several")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["check", "nowhere"], "nowhere is not a folder"),
        (["list", "SUITE", "--only", "python/nothing"], "has no defect python/nothing"),
    ],
)
def test_wrong_usage_is_one_message_and_exit_code_2(
    suite: Path, words: list[str], message: str, capsys: pytest.CaptureFixture[str]
):
    assert main([str(suite) if word == "SUITE" else word for word in words]) == 2
    said = capsys.readouterr().err
    assert said.startswith("repair-eval: ") and message in said and "hint: " in said


@pytest.mark.parametrize("words", [[], ["chek"], ["check"], ["check", ".", "--jobs", "0"]])
def test_words_that_argparse_refuses(words: list[str]):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
