"""From a configuration to an opened source."""

from __future__ import annotations

from repair_eval.configs import Gold, Hybrid, NoOp, Sampling, Search, Spec
from repair_eval.sources.base import Source
from repair_eval.sources.controls import GoldSource, NoOpSource
from repair_eval.sources.endpoint import Endpoint
from repair_eval.sources.gguf import Gguf
from repair_eval.sources.hybrid import HybridSource
from repair_eval.sources.language_model import LanguageModel
from repair_eval.sources.onnx import Onnx
from repair_eval.sources.sampling import SamplingSource
from repair_eval.sources.search import SearchSource


def open_source(spec: Spec, threads: int | None) -> Source:
    """Open a source; `threads` are a model's where its configuration does not say.

    Raises ModelError and UsageError where a model, a runtime or a prompt cannot be had.
    """
    match spec:
        case NoOp():
            return NoOpSource()
        case Gold():
            return GoldSource()
        case Search():
            return SearchSource(spec, threads)
        case Sampling():
            return SamplingSource(spec, _language_model(spec, threads))
        case Hybrid():
            first = open_source(spec.first, threads)
            return HybridSource(first, lambda: open_source(spec.then, threads))


def _language_model(spec: Sampling, threads: int | None) -> LanguageModel:
    if spec.runtime == "endpoint":
        return Endpoint(spec)
    if spec.runtime == "gguf":
        return Gguf(spec, threads)
    return Onnx(spec, threads)
