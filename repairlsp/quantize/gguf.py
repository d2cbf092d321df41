"""From trained weights to a GGUF file, which llama.cpp and all that is built on it run.

    python -m repairlsp.quantize.gguf models/embedded-q8_0.gguf --precision q8_0

For measuring: repairlsp itself runs ONNX. The format and llama.cpp's names for the tensors are
those of https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. Needs the extras `[train]` and
`[gguf]`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import numpy as np
import torch
from gguf import GGMLQuantizationType, GGUFWriter, LlamaFileType, TokenType
from gguf.quants import quantize

from repairlsp.generate.prompt import load
from repairlsp.models.catalog import EMBEDDED
from repairlsp.training import settings as recipes
from repairlsp.training.settings import Settings

Precision = Literal["f32", "f16", "q8_0", "q4_0"]
_WEIGHTS = Path(recipes.__file__).with_name("embedded.pt")
_EPSILON = 1e-5
"""Of the normalisations: transformers' and our own default for the architecture."""
_NAMES = {
    "self_attn.qkv_proj": "attn_qkv",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_up_proj": "ffn_up",  # both halves in one, as in the checkpoint
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}


def export_gguf(
    weights: Path,
    tokenizer: Path,
    settings: Settings,
    file: Path,
    precision: Precision = "f32",
) -> int:
    """Write the file; returns the number of parameters.

    `weights` is what the training loop wrote, `tokenizer` a folder with `tokenizer.json`. Vectors
    stay fp32, and so does whatever a precision's blocks of 32 do not divide.
    """
    state = torch.load(weights, map_location="cpu", weights_only=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    writer = GGUFWriter(file, "phi3")
    _describe(writer, settings, precision)
    _add_tokens(writer, tokenizer, settings)
    parameters = 0
    for name, matrix in _tensors(state):
        parameters += matrix.size
        kind = _kind(matrix, precision)
        writer.add_tensor(name, quantize(matrix, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return parameters


def _describe(writer: GGUFWriter, settings: Settings, precision: Precision) -> None:
    model = settings.model
    # No name: where it has "phi3" in it, llama.cpp looks for the tokens of Microsoft's models.
    writer.add_license("MIT")
    writer.add_context_length(model.context)
    writer.add_embedding_length(model.hidden_size)
    writer.add_feed_forward_length(model.intermediate_size)
    writer.add_block_count(model.layers)
    writer.add_head_count(model.heads)
    writer.add_head_count_kv(model.key_value_heads)
    writer.add_layer_norm_rms_eps(_EPSILON)
    writer.add_rope_dimension_count(model.hidden_size // model.heads)
    writer.add_rope_freq_base(model.rope_theta)
    writer.add_file_type(_FILE_TYPES[precision])
    writer.add_quantization_version(2)


def _add_tokens(writer: GGUFWriter, tokenizer: Path, settings: Settings) -> None:
    """The byte-level BPE. Special tokens are found in the prompt and stay in the answer: line
    pointers are what it says. Only the end and the padding are never text."""
    document = json.loads((tokenizer / "tokenizer.json").read_text("utf-8"))
    vocabulary: dict[str, int] = document["model"]["vocab"]
    special = {token["content"] for token in document["added_tokens"]}
    vocabulary |= {token["content"]: token["id"] for token in document["added_tokens"]}
    format_ = load(settings.prompt_format)
    padding = format_.special_tokens[0]
    tokens = sorted(vocabulary, key=lambda token: vocabulary[token])
    kinds = [TokenType.USER_DEFINED if token in special else TokenType.NORMAL for token in tokens]
    for name in (padding, format_.end):
        kinds[vocabulary[name]] = TokenType.CONTROL
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")  # the expression by which ByteLevel splits a text
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges([" ".join(pair) for pair in document["model"]["merges"]])
    writer.add_eos_token_id(vocabulary[format_.end])
    writer.add_pad_token_id(vocabulary[padding])
    writer.add_add_bos_token(False)
    writer.add_add_space_prefix(False)


class _Tensor(NamedTuple):
    name: str
    values: np.ndarray


def _tensors(state: Mapping[str, torch.Tensor]) -> Iterator[_Tensor]:
    """By llama.cpp's names; without an output head of its own it takes the embedding's."""
    for name, value in state.items():
        if name == "lm_head.weight":
            continue
        yield _Tensor(_renamed(name.removeprefix("model.")), value.float().numpy())


def _renamed(name: str) -> str:
    if name == "embed_tokens.weight":
        return "token_embd.weight"
    if name == "norm.weight":
        return "output_norm.weight"
    _, layer, part = name.removesuffix(".weight").split(".", 2)
    return f"blk.{layer}.{_NAMES[part]}.weight"


_KINDS: Mapping[Precision, GGMLQuantizationType] = {
    "f32": GGMLQuantizationType.F32,
    "f16": GGMLQuantizationType.F16,
    "q8_0": GGMLQuantizationType.Q8_0,
    "q4_0": GGMLQuantizationType.Q4_0,
}
_FILE_TYPES: Mapping[Precision, LlamaFileType] = {
    "f32": LlamaFileType.ALL_F32,
    "f16": LlamaFileType.MOSTLY_F16,
    "q8_0": LlamaFileType.MOSTLY_Q8_0,
    "q4_0": LlamaFileType.MOSTLY_Q4_0,
}
_BLOCK = 32


def _kind(matrix: np.ndarray, precision: Precision) -> GGMLQuantizationType:
    fits = matrix.ndim == 2 and matrix.shape[1] % _BLOCK == 0
    return _KINDS[precision] if fits else GGMLQuantizationType.F32


def main() -> None:
    """Export the embedded model, or another that the training loop made."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path, help="the file to write")
    parser.add_argument("--precision", choices=get_args(Precision), default="q8_0")
    parser.add_argument("--weights", type=Path, default=_WEIGHTS, help="(default: %(default)s)")
    parser.add_argument(
        "--tokenizer", type=Path, default=EMBEDDED, help="its folder (default: the embedded one)"
    )
    parser.add_argument("--recipe", type=Path, default=recipes.DEFAULT)
    options = parser.parse_args()
    recipe = recipes.load(options.recipe)
    parameters = export_gguf(
        options.weights, options.tokenizer, recipe, options.file, options.precision
    )
    print(f"{options.file}: {parameters:,} parameters, {options.precision}")


if __name__ == "__main__":
    main()
