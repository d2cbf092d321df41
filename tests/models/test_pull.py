"""Pulling models from a real server (check 25; check 26: nothing without being asked): resumed,
verified, landed in one step, and never a bad folder over a good one."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from repairlsp.errors import ModelError
from repairlsp.models import catalog, manifest, sources
from repairlsp.models.pull import Pulled, pull
from repairlsp.models.sources import Source
from tests.models.server import Server, serving

NO_PAUSES = (0.0,) * 3


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without models, hub settings or proxies."""
    for name in ("HF_HUB_OFFLINE", "HF_ENDPOINT", "HF_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture
def server(model_copy: Path) -> Iterator[Server]:
    with serving(model_copy) as running:
        yield running


def fetched(server: Server, **more: object) -> Pulled:
    return pull(sources.find(f"{server.url}/m"), pauses=NO_PAUSES, **more)  # type: ignore[arg-type]


def state(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def models() -> list[str]:
    folder = catalog.pulled_models()
    return [each.name for each in folder.iterdir() if each.name != ".pulling"]


def leftovers() -> list[str]:
    work = catalog.pulled_models() / ".pulling"
    return [path.name for path in work.rglob("*") if path.is_file() and path.name != "lock"]


def another(folder: Path) -> None:
    """Make the served model another good one."""
    old = manifest.read(folder)
    (folder / "README.md").write_text("another\n")
    values = {n: getattr(old, n) for n in old.__dataclass_fields__ if n != "files"}
    manifest.write(folder, **values | {"name": "another"})


def test_a_pulled_model_is_the_one_that_is_served(server: Server, model_copy: Path) -> None:
    pulled = fetched(server)
    assert pulled.is_new
    assert catalog.resolve("m") == pulled.folder
    assert state(pulled.folder) == state(model_copy)
    assert catalog.names() == ["embedded", "m"]
    assert leftovers() == []
    again = fetched(server)
    assert (again.folder, again.is_new) == (pulled.folder, False)
    assert again.manifest_sha256 == state(model_copy)["manifest.json"]


def test_a_broken_connection_is_gone_on_from(server: Server, model_copy: Path) -> None:
    server.breaks = [1_000_000, 0, 2_000_000, 100]
    assert state(fetched(server).folder) == state(model_copy)
    asked = [span for path, span in server.seen if path.endswith("model.onnx.data")]
    assert any(span and span != "bytes=0-" for span in asked)


def test_a_pull_that_failed_goes_on_the_next_time(server: Server, model_copy: Path) -> None:
    server.breaks = [3_000_000] + [0] * 9
    with pytest.raises(ModelError, match="broke off") as caught:
        fetched(server)
    assert "same command again" in caught.value.hint
    assert models() == []
    server.breaks = []
    server.seen.clear()
    assert state(fetched(server).folder) == state(model_copy)
    spans = [span for path, span in server.seen if path.endswith("model.onnx.data")]
    assert spans
    assert "" not in spans, "it fetched again what it had"


def test_a_server_without_ranges(server: Server, model_copy: Path) -> None:
    server.ranges = False
    server.breaks = [1_000_000, 2_000_000]
    assert state(fetched(server).folder) == state(model_copy)


def test_passing_errors_are_waited_for_and_lasting_ones_are_told(server: Server) -> None:
    server.errors = [503, 429]
    assert fetched(server).is_new
    server.errors = [404]
    with pytest.raises(ModelError, match="404"):
        fetched(server)
    server.errors = [500] * 9
    with pytest.raises(ModelError, match="500"):
        fetched(server)


@pytest.mark.parametrize("damage", ["bytes", "longer", "shorter", "page"])
def test_what_the_manifest_does_not_vouch_for_never_lands(
    server: Server, model_copy: Path, damage: str
) -> None:
    good = fetched(server)
    before = state(good.folder)
    another(model_copy)
    data = bytearray((model_copy / "model.onnx").read_bytes())
    data[1000] ^= 1
    if damage == "longer":
        data += b"more"
    if damage == "shorter":
        del data[-1000:]
    server.instead["model.onnx"] = b"<html>" if damage == "page" else bytes(data)
    with pytest.raises(ModelError) as caught:
        fetched(server, replace=True)
    assert "model.onnx" in str(caught.value)
    assert models() == ["m"]
    assert state(good.folder) == before


def test_a_part_that_is_not_of_this_file_is_fetched_again(server: Server, model_copy: Path) -> None:
    server.breaks = [100_000] + [0] * 9
    with pytest.raises(ModelError):
        fetched(server)
    for part in catalog.pulled_models().rglob("*.part"):
        part.write_bytes(b"x" * part.stat().st_size)
    server.breaks = []
    assert state(fetched(server).folder) == state(model_copy)


@pytest.mark.parametrize("trick", ["library", "path", "unsafe name", "unsafe digest", "context"])
def test_a_folder_that_its_own_manifest_vouches_for_is_refused_all_the_same(
    server: Server, model_copy: Path, trick: str
) -> None:
    config = json.loads((model_copy / "genai_config.json").read_text())
    if trick == "library":
        config["model"]["decoder"]["session_options"]["custom_ops_library"] = "evil.so"
    if trick == "path":
        config["model"]["decoder"]["filename"] = "../model.onnx"
    if trick == "context":
        config["model"]["context_length"] = 1 << 40
    (model_copy / "genai_config.json").write_text(json.dumps(config))
    record = json.loads((model_copy / "manifest.json").read_text())
    data = (model_copy / "genai_config.json").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    record["files"]["genai_config.json"] = {"size": len(data), "sha256": digest}
    if trick == "unsafe name":
        record["files"]["../../x"] = {"size": 1, "sha256": "0" * 64}
    if trick == "unsafe digest":
        record["files"]["README.md"]["sha256"] = "../../../x"
    (model_copy / "manifest.json").write_text(json.dumps(record))
    with pytest.raises(ModelError, match="refused"):
        fetched(server)
    assert models() == []


def test_another_model_of_the_name_is_only_replaced_when_asked(
    server: Server, model_copy: Path
) -> None:
    first = fetched(server)
    another(model_copy)
    with pytest.raises(ModelError, match="another model named 'm'") as caught:
        fetched(server)
    assert "--replace" in caught.value.hint
    assert state(first.folder) != state(model_copy)
    fetched(server, replace=True)
    assert state(first.folder) == state(model_copy)
    assert leftovers() == []


def test_a_bad_folder_of_the_name_is_replaced(server: Server, model_copy: Path) -> None:
    folder = fetched(server).folder
    (folder / "tokenizer.json").write_text("{}")
    assert fetched(server).is_new
    assert state(folder) == state(model_copy)


def test_a_crash_between_the_two_renames_is_put_right(server: Server) -> None:
    folder = fetched(server).folder
    folder.rename(folder.parent / ".pulling" / "m" / "old")
    assert not fetched(server).is_new
    assert models() == ["m"]
    assert leftovers() == []


def test_a_pinned_manifest(server: Server, model_copy: Path) -> None:
    digest = state(model_copy)["manifest.json"]
    good = sources.find(f"{server.url}/m", manifest_sha256=digest.upper())
    assert pull(good, pauses=NO_PAUSES).manifest_sha256 == digest
    with pytest.raises(ModelError, match="not the one that was asked for"):
        pull(good._replace(name="n", manifest_sha256="0" * 64), pauses=NO_PAUSES)
    assert models() == ["m"]


def test_the_disk_must_have_room(server: Server, model_copy: Path) -> None:
    record = json.loads((model_copy / "manifest.json").read_text())
    record["files"]["README.md"]["size"] = 1 << 60
    (model_copy / "manifest.json").write_text(json.dumps(record))
    with pytest.raises(ModelError, match="MB left"):
        fetched(server)
    assert len(server.seen) == 1


def test_a_huge_manifest_is_refused(server: Server) -> None:
    server.instead["manifest.json"] = b" " * (2 << 20)
    with pytest.raises(ModelError, match="larger than"):
        fetched(server)


def test_two_at_once(server: Server, model_copy: Path) -> None:
    found: list[Pulled] = []
    threads = [threading.Thread(target=lambda: found.append(fetched(server))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.is_new for each in found) == [False, True]
    assert state(found[0].folder) == state(model_copy)
    assert sum(path.endswith("model.onnx.data") for path, _ in server.seen) == 1


def test_killed_in_the_middle_it_goes_on(server: Server, model_copy: Path, home: Path) -> None:
    # A child that is killed -9 by its own progress, when half of the weights have come.
    script = (
        "import os, sys\n"
        "from repairlsp.models import pull, sources\n"
        "come = 0\n"
        "def observe(name, count, size):\n"
        "    global come\n"
        "    come += count\n"
        "    if come > 3_000_000: os.kill(os.getpid(), 9)\n"
        "pull.pull(sources.find(sys.argv[1]), observe=observe)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, f"{server.url}/m"], check=False)
    assert done.returncode == -signal.SIGKILL
    assert models() == []
    assert leftovers()
    assert state(fetched(server).folder) == state(model_copy)
    assert leftovers() == []


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


def test_nobody_there_is_told(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ModelError, match="could not be downloaded"):
        pull(sources.find(f"http://127.0.0.1:{port}/m"), pauses=NO_PAUSES)


def test_the_command(server: Server, home: Path) -> None:
    command = [sys.executable, "-m", "repairlsp", "model", "pull", f"{server.url}/m", "--as", "x"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "use it with --model x" in done.stdout
    assert "--sha256 " in done.stdout
    assert models() == ["x"]
    shutil.rmtree(catalog.pulled_models())
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
    )
    assert done.returncode == 2
    assert "HF_HUB_OFFLINE" in done.stderr
