"""`report` and `compare` on stored runs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from repair_eval.main import main
from repair_eval.measures.prices import READY, read_prices
from repair_eval.record import Recorded
from repair_eval.report import document, evaluate, markdown, sheet
from repair_eval.store import read_run

from tests.eval.repair_eval.measures.made import attempt, configuration, run, sample, subject
from tests.eval.repair_eval.report.large import write_run


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("run") / "one.sqlite", 12, 9)


def test_report_writes_every_format(
    stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    names = ("html", "markdown", "json", "csv")
    files = {name: tmp_path / "new" / f"report.{name}" for name in names}
    options = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    assert main(["report", str(stored), *options]) == 0
    assert capsys.readouterr().out.count("wrote ") == 4
    rows = list(csv.DictReader(files["csv"].open(encoding="utf-8")))
    assert len(rows) == 11
    assert rows[-1]["kind"] == "control"
    found = json.loads(files["json"].read_text("utf-8"))
    assert found["schema_version"] == 1
    best = found["configurations"][0]
    assert float(rows[0]["repaired"]) == best["repaired"]["value"]
    assert sum(best["outcomes"].values()) == best["attempts"] == 12
    assert [one["k"] for one in best["pass_at_k"]] == [1, 2, 3, 5, 10]
    assert "| configuration | Repaired |" in files["markdown"].read_text("utf-8")
    assert files["html"].read_text("utf-8").startswith("<!doctype html>")


def test_without_a_file_the_leaderboard_is_printed(
    stored: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["report", str(stored)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:3] == ["Repaired", "Plausible", "Overfitting"]
    assert lines[-2].startswith("noop")
    assert max(map(len, lines)) <= 80  # as wide as no terminal is said to be


def test_a_part_of_the_defects_can_be_asked_for(
    stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "part.json"
    assert main(["report", str(stored), "--only", "python", "--json", str(file)]) == 0
    found = json.loads(file.read_text("utf-8"))
    ids = {defect for one in found["configurations"] for defect in one["defects"]}
    python = [one.id for one in read_run(stored).run.subjects if one.language == "python"]
    assert 0 < len(python) < 12
    assert ids == set(python)
    assert found["runs"][0]["defects"] == len(python)
    assert "the defects of: python" in found["notes"][0]
    sides = [f"{stored}:hosted-7b", f"{stored}:small-int4", "--only", "python"]
    capsys.readouterr()
    assert main(["compare", *sides, "--json"]) == 0
    (compared,) = json.loads(capsys.readouterr().out)["comparisons"]
    assert compared["defects"] == len(python)
    assert main(["report", str(stored), "--only", "cobol"]) == 2
    assert "has no defect cobol" in capsys.readouterr().err


def test_one_note_is_enough_for_many_configurations():
    configurations = [configuration(name) for name in "abcde"]
    attempts = [
        attempt("p", sample(), configuration=name, alone=False) for name in "abcde" for _ in "1"
    ]
    attempts += [attempt("j", configuration=name, language="java") for name in "abcde"]
    head = run(configurations, [subject("p"), subject("j", language="java")], repeats=2)
    notes = evaluate([("r", Recorded(head, tuple(attempts)))], read_prices(READY)).notes
    waiting, silent, beside, *_ = notes
    assert waiting.startswith("a and 4 other configurations have 10 attempts still to make")
    assert silent.startswith("a and 4 other configurations have no answer to any defect in java:")
    assert beside.startswith("Attempts ran side by side")


def test_what_is_missing_is_never_a_zero():
    one = attempt("a", sample(), configuration="=c")
    recorded = Recorded(run([configuration("=c")], [subject("a")]), (one,))
    evaluation = evaluate([("r", recorded)], read_prices(READY))
    (row,) = csv.DictReader(sheet(evaluation).splitlines())
    assert row["configuration"] == "'=c"  # a spreadsheet would compute it
    assert (row["joules"], row["peak_bytes"], row["top_1"], row["pass_at_5"]) == ("",) * 4
    (found,) = document(evaluation)["configurations"]
    assert (found["energy"], found["peak_bytes"], found["localization"]) == (None,) * 3
    assert "Not measured in these runs: pass@5, pass@10" in markdown(evaluation)


def test_notes_name_broken_controls_breakdowns_and_what_is_left_to_do():
    broken = attempt("a", configuration="c", status="failed", error="OSError: full\nmore")
    waiting = attempt("b", sample(plausible=None, correct=None), configuration="c")
    wrong = attempt("a", sample(plausible=False), configuration="gold")
    subjects = [subject("a"), subject("b", has_hidden=False), subject("j", skipped="no javac")]
    head = run([configuration("c"), configuration("gold", "control")], subjects, repeats=2)
    notes = evaluate([("r", Recorded(head, (broken, waiting, wrong)))], read_prices(READY)).notes
    for words in (
        "The control gold repairs 0 of 1 instead of 1",
        "c and gold have 5 attempts still to make",
        "In 1 of 2 attempts of c the machinery broke down; they count as no repair."
        " Most often: OSError: full",
        "1 answer of c is not judged",
        "1 defect was skipped: no javac.",
        "1 defect has no hidden tests",
    ):
        assert any(words in note for note in notes), words
    assert not any("more" in note for note in notes if "OSError" in note)


def test_compare_two_configurations_of_a_run(stored: Path, capsys: pytest.CaptureFixture[str]):
    sides = [f"{stored}:hosted-7b", f"{stored}:small-int4"]
    assert main(["compare", *sides, "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["comparisons"]
    assert (found["first"], found["second"]) == ("A hosted-7b", "B small-int4")
    assert found["defects"] == 12
    assert len(found["only_first"]) > len(found["only_second"])
    assert found["break_even"]["cheaper"]
    assert main(["compare", *sides]) == 0
    out = capsys.readouterr().out
    assert f"only A hosted-7b: {len(found['only_first'])}" in out
    assert all(f"  {defect}\n" in out for defect in found["only_first"])
    assert "exact McNemar test: p" in out


def test_compare_two_runs_by_name(stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    other = write_run(tmp_path / "other.sqlite", 12, 3)
    assert main(["compare", str(stored), str(other)]) == 0
    out = capsys.readouterr().out
    assert out.count("exact McNemar test") == 3
    assert "after Holm's correction for 3 tests" in out


def test_compare_says_what_to_name(stored: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["compare", str(stored), str(stored)]) == 2
    assert "name one of each, as in RUN:NAME; there are small-int4" in capsys.readouterr().err
    assert main(["compare", f"{stored}:no-such", str(stored)]) == 2
    assert "has no configuration 'no-such'" in capsys.readouterr().err
