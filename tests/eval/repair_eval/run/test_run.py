"""A run: controls, what is recorded, resuming, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from repair_eval.main import main
from repair_eval.store import read_run

from tests.eval.repair_eval.copies import copy_defect, replace
from tests.eval.repair_eval.run.commands import finish, run_words, table


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    suite = tmp_path_factory.mktemp("suite")
    copy_defect("python/duration-parts", suite)
    skipped = copy_defect("c/hex-dump-padding", suite)
    replace(skipped / "defect.toml", "traits", 'needs = ["no-such-tool"]\ntraits')
    return suite


@pytest.fixture(scope="module")
def out(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the controls, with judging left to later."""
    out = tmp_path_factory.mktemp("runs") / "controls.sqlite"
    finish(*run_words(suite, out, ["noop", "gold"], "--repeats", "2", "--no-judge"))
    return out


def test_answers_are_stored_before_they_are_judged(out: Path):
    run, attempts = read_run(out)
    assert [one.name for one in run.configurations] == ["noop", "gold"]
    assert [(one.configuration, one.repeat, one.seed) for one in attempts] == [
        ("noop", 0, 0),
        ("noop", 1, 1),
        ("gold", 0, 0),
        ("gold", 1, 1),
    ]
    assert {one.defect for one in attempts} == {"python/duration-parts"}
    assert all(one.samples[0].plausible is None for one in attempts)


def test_the_head_says_what_was_run_and_where(suite: Path, out: Path):
    run = read_run(out).run
    subjects = {one.id: one for one in run.subjects}
    assert subjects["c/hex-dump-padding"].skipped == "no no-such-tool"
    fault = subjects["python/duration-parts"]
    assert fault.fault_lines == (("durations.py", 22),)
    assert "+        total += int(part[1])" in fault.fix
    assert run.suite == str(suite)
    assert run.command.startswith(f"repair-eval run {suite} --config noop ")
    assert len(run.suite_hash) == 64
    assert run.machine.cores >= 1
    assert run.machine.memory_bytes > 2**28
    assert {"python", "repairlsp", "pytest"} <= run.versions.keys()


def test_judging_gives_noop_nothing_and_gold_everything(
    suite: Path, out: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["judge", str(out), "--sandbox", "limits"]) == 0
    attempts = read_run(out).attempts
    verdicts = {
        (one.configuration, one.samples[0].plausible, one.samples[0].correct) for one in attempts
    }
    assert verdicts == {("noop", False, False), ("gold", True, True)}
    gold = attempts[-1].samples[0]
    assert (gold.exact, gold.ast_same, gold.lines_changed) == (True, True, 2)
    words = capsys.readouterr().out.split("\n")[1].split()
    assert words[:4] == ["noop", "2", "0", "0"]
    before = table(out)
    replace(suite / "python/duration-parts/hidden/tests/test_durations_more.py", "def ", "def  ")
    assert main(["judge", str(out), "--again", "--sandbox", "limits"]) == 2
    assert "a defect has changed" in capsys.readouterr().err
    replace(suite / "python/duration-parts/hidden/tests/test_durations_more.py", "def  ", "def ")
    assert table(out) == before


def test_another_run_is_neither_overwritten_nor_mixed_in(
    suite: Path, out: Path, capsys: pytest.CaptureFixture[str]
):
    before = table(out)
    assert main(run_words(suite, out, ["noop", "gold"])) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(run_words(suite, out, ["noop"], "--resume")) == 2
    told = capsys.readouterr().err
    assert "it has seed 0 and 2 repeats; it also has gold" in told
    assert table(out) == before


def test_a_configuration_without_its_model_is_refused_or_left_out(
    suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    words = run_words(suite, tmp_path / "x.sqlite", ["phi-3-mini", "noop"], "--no-judge")
    assert main(words) == 2
    told = capsys.readouterr().err
    assert "phi-3-mini-int8: models/phi-3-mini-int8 is no model folder" in told
    assert "phi-3-mini-int4" in told
    assert not (tmp_path / "x.sqlite").exists()
    finish(*words, "--available")
    assert [one.name for one in read_run(tmp_path / "x.sqlite").run.configurations] == ["noop"]
