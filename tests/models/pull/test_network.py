"""Who is spoken to: nobody offline (check 26), the hub where its settings say, and the token goes
to nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from repairlsp.errors import ModelError
from repairlsp.models import sources
from repairlsp.models.pull import pull
from tests.models.pull.pulling import NO_PAUSES, fetched, state
from tests.models.pull.server import Server, serving


def test_offline_opens_no_socket(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check 26: HF_HUB_OFFLINE is asked before anything else."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="HF_HUB_OFFLINE"):
        fetched(server)
    assert server.seen == []


def test_the_hub_is_where_hf_endpoint_says(
    server: Server, model_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", server.url + "/")
    monkeypatch.setenv("HF_TOKEN", "secret")
    with serving(model_copy) as elsewhere:
        path = "/owner/phi-mini/resolve/refs%2Fpr%2F1/model.onnx.data"
        server.redirects[path] = f"{elsewhere.url}/blob/model.onnx.data"
        pulled = pull(sources.find("hf:owner/phi-mini@refs/pr/1"), pauses=NO_PAUSES)
        assert pulled.folder.name == "phi-mini"
        assert state(pulled.folder) == state(model_copy)
        assert path in [asked for asked, _ in server.seen]
        assert set(server.tokens) == {"Bearer secret"}
        assert set(elsewhere.tokens) == {None}, "the token went to another server"


def test_no_token_goes_to_other_servers(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "secret")
    fetched(server)
    assert set(server.tokens) == {None}


def test_a_proxy_is_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.setenv("no_proxy", "")
    digest = state(server.folder)["manifest.json"]
    source = sources.find("http://models.invalid/m", manifest_sha256=digest)
    assert pull(source, pauses=NO_PAUSES).is_new
    assert server.seen[0][0] == "http://models.invalid/m/manifest.json"
