"""The embedded model as a GGUF file: by llama.cpp in this process, and behind its own server."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from repair_eval.configs import Option, Sampling
from repair_eval.sources import facts
from repair_eval.sources.endpoint import Endpoint
from repair_eval.sources.gguf import Gguf
from repair_eval.sources.onnx import Onnx
from repair_eval.sources.prompting import Prompt
from repair_eval.store import read_run

from repairlsp.errors import ModelError
from repairlsp.generate.prompt import load
from repairlsp.models.catalog import EMBEDDED
from repairlsp.sandbox import NEVER
from tests.eval.repair_eval.copies import copy_defect, write
from tests.eval.repair_eval.run.commands import finish, run_words

pytestmark = pytest.mark.slow
FORMAT = load("repair-lines-1")
FUNCTIONS = (
    ("def mean(values):", "    total = sum(values)", "    return total * len(values)"),
    (
        "def last(items):",
        "    if not items:",
        "        return None",
        "    return items[len(items)]",
    ),
    ("def is_even(number):", "    return number % 2 == 1"),
)
_CONFIGURATION = """\
schema_version = 1
label = "Embedded model"

[source]
kind = "sampling"
{runtime}
prompt = "repair-lines-1"
localization = "given"
max_tokens = 48
context_tokens = 1024
"""


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for package, extra in (("torch", "train"), ("gguf", "gguf"), ("llama_cpp", "gguf")):
        pytest.importorskip(package, reason=f"needs the extra [{extra}]")
    from repairlsp.quantize.gguf import export_gguf
    from repairlsp.training import settings

    file = tmp_path_factory.mktemp("gguf") / "embedded-f32.gguf"
    weights = Path(settings.__file__).with_name("embedded.pt")
    assert export_gguf(weights, EMBEDDED, settings.load(settings.DEFAULT), file) == 5_770_496
    return file


@pytest.fixture(scope="module")
def url(gguf: Path) -> Iterator[str]:
    """llama-cpp-python's server with the file, on a port of its own."""
    pytest.importorskip("llama_cpp.server.app", reason="needs the extra [gguf]")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(gguf)]
    command += ["--model_alias", "embedded", "--n_ctx", "1024", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/v1"
    endpoint = Endpoint(_spec("endpoint", "embedded", url))
    deadline = time.monotonic() + 120
    try:
        while True:
            try:
                endpoint.probe()
                break
            except ModelError:
                assert server.poll() is None, "the server ended"
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.2)
        yield url
    finally:
        server.terminate()
        server.wait()


def _spec(runtime: str, model: str | Path, url: str = "") -> Sampling:
    spec = Sampling(
        runtime="gguf",
        model=str(model),
        url=url,
        key_variable="",
        prompt=FORMAT.family,
        localization="given",
        samples=1,
        temperature=0.0,
        top_p=1.0,
        max_tokens=48,
        context_tokens=1024,
        threads=1,
        verify=False,
        seconds=60.0,
        extra=(Option("repeat_penalty", 1.0),),
    )
    return replace(spec, runtime=runtime)  # type: ignore[arg-type]


def _prompts() -> list[Prompt]:
    return [
        Prompt(text=FORMAT.render(lines, {len(lines)}, ""), stop=FORMAT.end) for lines in FUNCTIONS
    ]


def test_greedy_answers_are_those_of_onnx(gguf: Path):
    """INT8 weights against fp32: the answers agree unless two tokens are nearly as likely."""
    llama = Gguf(_spec("gguf", gguf), None)
    onnx = Onnx(_spec("onnx", EMBEDDED), 1)
    for prompt in _prompts():
        said = llama.ask(prompt, 0, NEVER)
        ours = onnx.ask(prompt, 0, NEVER)
        assert said.text.startswith("<|L")
        assert said.text == ours.text.split(FORMAT.end)[0]
        # The same tokens in, special ones too; the end is counted by one and not by the other.
        assert said.prompt_tokens is not None and ours.prompt_tokens is not None
        assert abs(said.prompt_tokens - ours.prompt_tokens) <= 1
    llama.close()
    onnx.close()


def test_the_server_answers_as_the_file_does(gguf: Path, url: str):
    assert facts(_spec("endpoint", "embedded", url)).engine == "openai"
    llama = Gguf(_spec("gguf", gguf), None)
    endpoint = Endpoint(_spec("endpoint", "embedded", url))
    for prompt in _prompts():
        said = endpoint.ask(prompt, 0, NEVER)
        assert said.text == llama.ask(prompt, 0, NEVER).text
        assert said.prompt_tokens and said.output_tokens
    llama.close()


def test_both_are_baselines_of_a_run(gguf: Path, url: str, tmp_path: Path):
    copy_defect("python/duration-parts", tmp_path / "suite")
    file, endpoint = tmp_path / "file.toml", tmp_path / "endpoint.toml"
    runtime = 'runtime = "{}"\nmodel = "{}"{}'
    write(file, _CONFIGURATION.format(runtime=runtime.format("gguf", gguf, "")))
    more = f'\nurl = "{url}"\nextra = {{ repeat_penalty = 1.0 }}'
    write(endpoint, _CONFIGURATION.format(runtime=runtime.format("endpoint", "embedded", more)))
    out = tmp_path / "run.sqlite"
    finish(*run_words(tmp_path / "suite", out, [file, endpoint]))
    recorded = read_run(out)
    assert [one.engine for one in recorded.run.configurations] == ["llama-cpp", "openai"]
    by_file, by_server = recorded.attempts
    assert [one.diff for one in by_file.samples] == [one.diff for one in by_server.samples]
    assert by_file.samples[0].well_formed
    assert by_file.samples[0].plausible is not None
    assert by_file.output_tokens
