"""Does a model's own description make sense? Asked before the runtime reserves memory by it.

A manifest only proves that the files are the ones that were made. What is caught here: a
configuration whose cache would take all memory, a tokenizer that the embedding has no rows for,
weights that are too few or too many bytes for what they are said to be.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_LIMITS = {
    ("context_length",): (16, 1 << 20),
    ("vocab_size",): (64, 1 << 20),
    ("decoder", "hidden_size"): (8, 1 << 15),
    ("decoder", "head_size"): (1, 1 << 11),
    ("decoder", "num_attention_heads"): (1, 1 << 9),
    ("decoder", "num_key_value_heads"): (1, 1 << 9),
    ("decoder", "num_hidden_layers"): (1, 1 << 9),
}
"""Least and most. The largest open models stay below each by a factor of two or more."""
_MAX_CACHE_BYTES = 64 << 30
"""Keys and values of a full context, as float32."""
_BITS_PER_PARAMETER = (1.0, 40.0)
"""One is the least that any quantization needs; 32 is fp32, and the graph itself takes some."""
_MAX_JSON_BYTES = 128 << 20


def implausible(folder: Path, parameters: int, weight_bytes: int) -> str:
    """What cannot be right about a model folder, in words; "" where nothing is.

    `parameters` and `weight_bytes` are the manifest's: weights, and bytes of the ONNX files.
    """
    for name in ("genai_config.json", "tokenizer.json"):
        if (folder / name).stat().st_size > _MAX_JSON_BYTES:
            return f"{name} is larger than {_MAX_JSON_BYTES >> 20} MB"
    model = _json(folder / "genai_config.json")
    model = model.get("model") if isinstance(model, dict) else None
    values = {keys[-1]: _at(model, keys) for keys in _LIMITS}
    for keys, (least, most) in _LIMITS.items():
        value = values[keys[-1]]
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            return f"genai_config.json: {keys[-1]} is {value!r}, not within {least} to {most}"
    per_token = values["num_hidden_layers"] * values["num_key_value_heads"] * values["head_size"]
    if 8 * per_token * values["context_length"] > _MAX_CACHE_BYTES:
        return "genai_config.json: a full context would take more memory than any machine has"
    least_bits, most_bits = _BITS_PER_PARAMETER
    if not parameters * least_bits <= weight_bytes * 8 <= parameters * most_bits + (64 << 20):
        return f"{weight_bytes:,} bytes of weights are not {parameters:,} parameters"
    return _odd_tokens(folder, values["vocab_size"])


def _odd_tokens(folder: Path, vocabulary: int) -> str:
    """What is wrong with the token numbers: each needs a row of the embedding."""
    data = _json(folder / "tokenizer.json")
    table = _at(data, ("model", "vocab"))
    added = data.get("added_tokens") if isinstance(data, dict) else None
    numbers = list(table.values()) if isinstance(table, dict) else []
    if isinstance(table, list):  # a Unigram model numbers its pieces by their order
        numbers = list(range(len(table)))
    if isinstance(added, list):
        numbers += [_at(token, ("id",)) for token in added]
    if not numbers or not all(isinstance(number, int) for number in numbers):
        return "tokenizer.json has no vocabulary that can be read"
    if min(numbers) < 0 or max(numbers) >= vocabulary:
        return f"tokenizer.json has tokens beyond the {vocabulary:,} that the model knows"
    return ""


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError):
        return None


def _at(value: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
