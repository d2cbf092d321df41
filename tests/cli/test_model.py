"""`repairlsp model list|show` on the model that ships, and on a damaged copy of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from repairlsp.models import catalog
from tests.cli.command import repairlsp


def test_the_embedded_model_is_listed() -> None:
    done = repairlsp("model", "list")
    assert done.returncode == 0
    first = done.stdout.splitlines()[0]
    assert first.startswith("embedded")
    assert "Phi3ForCausalLM" in first
    assert "int8" in first
    told = json.loads(repairlsp("model", "list", "--json").stdout)
    assert told[0]["name"] == "embedded"
    assert told[0]["parameters"] > 1_000_000


def test_show_checks_the_files_and_says_where_they_are() -> None:
    done = repairlsp("model", "show")
    assert done.returncode == 0
    assert str(catalog.EMBEDDED) in done.stdout
    assert "all as they should be" in done.stdout
    told = json.loads(repairlsp("model", "show", "--json").stdout)
    assert told["folder"] == str(catalog.EMBEDDED)
    assert "genai_config.json" in told["files"]


def test_a_damaged_model_is_refused_by_the_name_of_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(catalog.EMBEDDED, folder)
    assert repairlsp("model", "show", str(folder)).returncode == 0
    with (folder / "tokenizer.json").open("a") as file:
        file.write(" ")
    done = repairlsp("model", "show", str(folder))
    assert done.returncode == 2
    assert done.stdout == ""
    assert "tokenizer.json" in done.stderr


def test_what_a_manifest_says_cannot_steer_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(catalog.EMBEDDED, folder)
    told = json.loads((folder / "manifest.json").read_text("utf-8"))
    told["license"] = "\x1b]0;owned\x07\x1b[2J MIT"
    (folder / "manifest.json").write_text(json.dumps(told), "utf-8")
    done = repairlsp("model", "show", str(folder))
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert r"\x1b[2J MIT" in done.stdout


def test_an_unknown_model_is_refused() -> None:
    done = repairlsp("model", "show", "no-such-model")
    assert done.returncode == 2
    assert "'no-such-model'" in done.stderr
