"""From a TOML table to a `Spec`. The keys of each kind, their bounds and their defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import cast, get_args

from repair_eval.configs.fields import Fields
from repair_eval.configs.spec import (
    Gold,
    Hybrid,
    Localization,
    NoOp,
    Runtime,
    Sampling,
    Search,
    Spec,
)
from repairlsp.types import SpectrumFormula

_DAY = 86_400.0
_MANY = 1_000_000
_SIMPLE = ("search", "sampling")


def read_spec(fields: Fields) -> Spec:
    """The source of a configuration; what is wrong is noted in `fields.problems`."""
    kind = fields.choice("kind", tuple(_READERS))
    spec = _READERS[kind](fields)
    fields.refuse_others()
    return spec


def _search(fields: Fields) -> Search:
    # A model has to be named, so that a file says by itself what it measures.
    model = fields.text("model")
    return Search(
        model="" if model == "none" else model,
        templates=fields.switch("templates", True),
        spectrum=cast(
            "SpectrumFormula", fields.one_of("spectrum", get_args(SpectrumFormula), "ochiai")
        ),
        fork_server=fields.switch("fork_server", True),
        localization=_localization(fields),
        max_seconds=fields.number("max_seconds", 60.0, 1.0, _DAY),
        candidates=fields.whole("candidates", 10_000, 1, _MANY),
        patches=fields.whole("patches", 1, 1, 1_000),
        threads=fields.whole("threads", 0, 0, 1_024) or None,
    )


def _sampling(fields: Fields) -> Sampling:
    runtime = cast("Runtime", fields.choice("runtime", get_args(Runtime)))
    url = fields.text("url") if runtime == "endpoint" else ""
    if url and not url.startswith(("http://", "https://")):
        fields.note("url", "must begin with http:// or https://, as in http://localhost:8080/v1")
    samples = fields.whole("samples", 1, 1, 1_000)
    temperature = fields.number("temperature", 0.8 if samples > 1 else 0.0, 0.0, 2.0)
    if samples > 1 and temperature == 0:
        fields.note("temperature", f"is 0, so all {samples} samples would be the same")
    return Sampling(
        runtime=runtime,
        model=fields.text("model"),
        url=url.rstrip("/"),
        key_variable=fields.line("key_variable") if runtime == "endpoint" else "",
        prompt=fields.line("prompt", "rewrite-function-1"),
        localization=_localization(fields),
        samples=samples,
        temperature=temperature,
        top_p=fields.number("top_p", 1.0, 0.01, 1.0),
        max_tokens=fields.whole("max_tokens", 1_024, 1, 100_000),
        context_tokens=fields.whole("context_tokens", 8_192, 128, 10_000_000),
        threads=fields.whole("threads", 0, 0, 1_024) or None,
        verify=fields.switch("verify", False),
        seconds=fields.number("seconds", 600.0, 1.0, _DAY),
        extra=fields.options("extra") if runtime == "endpoint" else (),
    )


def _hybrid(fields: Fields) -> Hybrid:
    first, then = (_simple(fields.part(key)) for key in ("first", "then"))
    if isinstance(first, Sampling) and not first.verify:
        fields.note("first", "must verify its answers: add `verify = true`")
    return Hybrid(first, then)


def _simple(fields: Fields) -> Search | Sampling:
    kind = fields.choice("kind", _SIMPLE)
    spec = _search(fields) if kind == "search" else _sampling(fields)
    fields.refuse_others()
    return spec


def _localization(fields: Fields) -> Localization:
    return cast("Localization", fields.one_of("localization", get_args(Localization), "found"))


_READERS: Mapping[str, Callable[[Fields], Spec]] = MappingProxyType(
    {
        "search": _search,
        "sampling": _sampling,
        "hybrid": _hybrid,
        "noop": lambda fields: NoOp(),
        "gold": lambda fields: Gold(),
    }
)
