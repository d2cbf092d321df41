"""Every training stage, by the command line, on a minute's worth of data; the model then runs."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs the extra [train]")

from repairlsp.models.client import ModelWorker

pytestmark = pytest.mark.train


def train(*words: object) -> str:
    command = [sys.executable, "-m", "repairlsp", "train", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_from_nothing_to_a_model_that_answers(tmp_path: Path, recipe: Path) -> None:
    runs, folder = tmp_path / "runs", tmp_path / "model"
    common = ("--runs", runs, "--recipe", recipe)
    said = train("corpus", *common)
    assert "no-such-package-anywhere" in said
    assert "held out" in said
    absent = ["pluggy==0.0.1", "no-such-package-anywhere"]
    assert train("packages", "--recipe", recipe).split() == absent
    train("tokenizer", *common)
    train("samples", *common)
    train("run", "--eager", "--steps", "60", *common)
    first = log(runs)
    assert [row["step"] for row in first] == [20, 40, 60, 60]
    assert first[-1]["loss"] < 0.8 * math.log(600)  # of a model that knows nothing

    # It goes on from where it was.
    train("run", "--eager", "--steps", "80", *common)
    assert log(runs)[-1]["step"] == 80

    card = tmp_path / "card.md"
    card.write_text("# Tiny\n")
    train("export", *common, "--card", card, folder)
    assert (folder / "README.md").read_text() == "# Tiny\n"
    table = train("evaluate", *common, "--count", "10", "--output", tmp_path / "r.json", folder)
    assert "| all | 10 |" in table
    assert json.loads((tmp_path / "r.json").read_text())["rows"][0]["count"] == 10

    with ModelWorker(folder) as worker:
        prompt = "<|bug|><|code|><|L1|>def f(a):<|L2|>    return b<|fix|>"
        likely = worker.score(prompt, ["<|L2|><|L3|>    return a"])[0].log_likelihood
        unlikely = worker.score(prompt, ["zzzzz"])[0].log_likelihood
    assert likely > unlikely


def log(runs: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (runs / "log.jsonl").read_text().splitlines()]


def test_a_missing_stage_is_named(tmp_path: Path, recipe: Path) -> None:
    command = ["train", "samples", "--runs", str(tmp_path), "--recipe", str(recipe)]
    done = subprocess.run(
        [sys.executable, "-m", "repairlsp", *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "repairlsp train tokenizer" in done.stderr
