from __future__ import annotations

from pathlib import Path

import pytest

from repairlsp.errors import ModelError
from repairlsp.models import catalog


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user whose data folder holds one pulled model, `phi-mini`."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    (catalog.pulled_models() / "phi-mini").mkdir(parents=True)
    return tmp_path


def test_the_default_ships_with_the_package(data_home: Path) -> None:
    assert catalog.resolve(None) == catalog.resolve("embedded") == catalog.EMBEDDED
    assert (catalog.resolve(None) / "manifest.json").is_file()


def test_a_pulled_model_is_found_by_name(data_home: Path) -> None:
    assert catalog.resolve("phi-mini") == catalog.pulled_models() / "phi-mini"
    assert catalog.names() == ["embedded", "phi-mini"]


def test_a_folder_is_itself_also_relative(data_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data_home / "here" / "phi-mini").mkdir(parents=True)
    monkeypatch.chdir(data_home / "here")
    assert catalog.resolve("./phi-mini") == data_home / "here" / "phi-mini"
    assert catalog.resolve(str(data_home / "here")) == data_home / "here"
    assert catalog.resolve("~/here") == data_home / "here"
    assert catalog.resolve("phi-mini") == catalog.pulled_models() / "phi-mini"


@pytest.mark.parametrize("unknown", ["phi-huge", "../models/none", "", "/nowhere"])
def test_an_unknown_model_is_told_with_what_there_is(data_home: Path, unknown: str) -> None:
    with pytest.raises(ModelError) as refusal:
        catalog.resolve(unknown)
    assert repr(unknown) in str(refusal.value)
    assert "embedded, phi-mini" in refusal.value.hint
