"""What a configuration can be: one frozen type per kind of source. Picklable, so that any process
can open it. Seconds are wall time."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

from repairlsp.types import SpectrumFormula

Localization = Literal["found", "given"]
"""`found`: from the failing tests. `given`: the lines that the reference fix changes, which is what
studies call perfect fault localization."""
Runtime = Literal["endpoint", "gguf", "onnx"]


@dataclass(frozen=True, slots=True)
class NoOp:
    """Submits the empty patch. A judge that takes it for a repair is broken."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Submits the reference fix. A judge that refuses it is broken."""


@dataclass(frozen=True, slots=True)
class Search:
    """repairlsp's own engine: `model` as `repairlsp fix --model` takes it, "" for templates only.

    `threads` of the model, None for one per core divided by the jobs of the run.
    """

    model: str
    templates: bool
    spectrum: SpectrumFormula
    fork_server: bool
    localization: Localization
    max_seconds: float
    candidates: int
    patches: int
    threads: int | None


class Option(NamedTuple):
    """Something else that an endpoint is told."""

    name: str
    value: str | int | float


@dataclass(frozen=True, slots=True)
class Sampling:
    """A language model that is asked `samples` times to rewrite the faulty function.

    `model` is a name that the endpoint at `url` knows, a GGUF file, or a folder for
    onnxruntime-genai. `key_variable` names the environment variable with the endpoint's key.
    `prompt` names a template of `sources/prompts/`. Only `temperature` and `top_p` shape the
    sampling, as far as the runtime can be told. `verify`: run the visible tests on each answer
    and stop at the first that passes, as a search would; answers that pass are submitted first.
    `context_tokens` is the window of a GGUF. `seconds` bound one answer. `extra` goes into every
    request to an endpoint: servers have defaults of their own.
    """

    runtime: Runtime
    model: str
    url: str
    key_variable: str
    prompt: str
    localization: Localization
    samples: int
    temperature: float
    top_p: float
    max_tokens: int
    context_tokens: int
    threads: int | None
    verify: bool
    seconds: float
    extra: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Hybrid:
    """`then` is only asked where `first` had nothing that the visible tests verified."""

    first: Search | Sampling
    then: Search | Sampling


Spec = NoOp | Gold | Search | Sampling | Hybrid


@dataclass(frozen=True, slots=True)
class Configured:
    """One configuration, expanded: what to run, and how to call it. `hardware` names a row of a
    price table, empty for the machine that the run is on."""

    name: str
    label: str
    precision: str
    hardware: str
    spec: Spec

    @property
    def settings(self) -> str:
        """The whole configuration as canonical JSON; equal where two configurations are."""
        document = {"kind": type(self.spec).__name__.lower(), "precision": self.precision}
        document["hardware"] = self.hardware
        whole = {**document, "source": asdict(self.spec)}
        return json.dumps(whole, sort_keys=True, separators=(",", ":"))
