"""The settings of every training stage, read from one TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from repairlsp.errors import UsageError

DEFAULT = Path(__file__).parent / "embedded.toml"


@dataclass(frozen=True)
class CorpusSettings:
    min_lines: int
    max_lines: int
    max_line_characters: int
    max_functions_per_package: int
    held_out: tuple[str, ...]
    packages: tuple[str, ...]
    excluded_folders: tuple[str, ...]


@dataclass(frozen=True)
class TokenizerSettings:
    vocabulary: int
    sample_functions: int


@dataclass(frozen=True)
class SampleSettings:
    count: int
    held_out_count: int
    max_tokens: int
    max_answer_lines: int
    bugs: tuple[float, ...]
    unmarked: float
    misleading: float
    operators: dict[str, float]


@dataclass(frozen=True)
class ModelSettings:
    hidden_size: int
    intermediate_size: int
    layers: int
    heads: int
    key_value_heads: int
    context: int
    rope_theta: float


@dataclass(frozen=True)
class TrainingSettings:
    tokens_per_batch: int
    lengths: tuple[int, ...]
    matrix_learning_rate: float
    embedding_learning_rate: float
    weight_decay: float
    warmup: float
    context_weight: float
    minutes: float
    evaluate_every: int


@dataclass(frozen=True)
class Settings:
    """One model's whole recipe."""

    name: str
    seed: int
    prompt_format: str
    corpus: CorpusSettings
    tokenizer: TokenizerSettings
    samples: SampleSettings
    model: ModelSettings
    training: TrainingSettings


def load(path: Path = DEFAULT) -> Settings:
    """Read a recipe. Raises UsageError when a key is missing, unknown, or the file is not TOML."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        if data.pop("schema_version") != 1:
            raise UsageError(f"{path}: this schema_version is not known")
        sections = {
            "corpus": CorpusSettings,
            "tokenizer": TokenizerSettings,
            "samples": SampleSettings,
            "model": ModelSettings,
            "training": TrainingSettings,
        }
        made = {name: _section(kind, data.pop(name)) for name, kind in sections.items()}
        return Settings(**data, **made)
    except (OSError, KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} is not a training recipe: {error}") from error


def _section(kind: Any, values: dict[str, Any]) -> Any:
    unknown = values.keys() - {field.name for field in fields(kind)}
    if unknown:
        raise TypeError(f"unknown keys {sorted(unknown)}")
    return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})
