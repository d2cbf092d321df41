"""What a user may call a model that is to be pulled: names of a catalogue, the hub's, and URLs."""

from __future__ import annotations

from pathlib import Path

import pytest

from repairlsp.errors import ModelError
from repairlsp.models import sources
from repairlsp.models.pull import pull
from repairlsp.models.sources import Source
from tests.models.pull.pulling import NO_PAUSES, state
from tests.models.pull.server import Server


@pytest.mark.parametrize(
    "source",
    [
        "ftp://host/m",
        "file:///etc",
        "http://host.example/m",
        "https://user:word@host.example/m",
        "https://host.example/m?x=1",
        "https:///m",
        "https://[::1/m",
        "hf:only-a-name",
        "hf:a/b/c",
        "hf:../x@../../y z",
        "unknown",
        "https://host.example/embedded",
        "https://host.example/.hidden",
        "hf:../x",
        "https://h\u00f6st.example/m",
    ],
)
def test_sources_that_are_refused(source: str) -> None:
    with pytest.raises(ModelError):
        sources.find(source)


def test_a_users_catalogue(server: Server, model_copy: Path, home: Path) -> None:
    digest = state(model_copy)["manifest.json"]
    path = home / "config" / "repairlsp" / "models.toml"
    path.parent.mkdir(parents=True)
    path.write_text(
        f'schema_version = 1\n[models.ours]\nsource = "{server.url}/m"\n'
        f'manifest_sha256 = "{digest}"\n'
    )
    found = sources.find("ours")
    assert found == Source("ours", f"{server.url}/m/", digest)
    assert pull(found, pauses=NO_PAUSES).folder.name == "ours"
    with pytest.raises(ModelError) as caught:
        sources.find("theirs")
    assert "Known: ours" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "schema_version = 2",
        "schema_version = 1\nmodels = 3",
        "schema_version = 1\n[models.a]\nsource = 'https://h/m'",
        "schema_version = 1\n[models.a]\nsource = 'https://h/m'\nmanifest_sha256 = 'x'",
        f"schema_version = 1\n[models.embedded]\nsource = 'hf:a/b'\nmanifest_sha256 = '{'0' * 64}'",
        f"schema_version = 1\n[models.'../a']\nsource = 'hf:a/b'\nmanifest_sha256 = '{'0' * 64}'",
        f"schema_version = 1\n[models.a]\nsource = 'file:///x'\nmanifest_sha256 = '{'0' * 64}'",
        "[",
    ],
)
def test_catalogues_that_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "models.toml"
    path.write_text(text)
    with pytest.raises(ModelError, match=r"catalogue|pull a model from"):
        sources.load(path)


def test_the_shipped_catalogue_can_be_read() -> None:
    assert isinstance(sources.load(sources.SHIPPED), dict)
