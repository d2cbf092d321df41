"""Weights to continue from, read out of a model folder: an installed package has nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from repairlsp.errors import ModelError
from repairlsp.models import manifest

_ZERO_POINT = 128
"""Of the builder's symmetric 8-bit blocks."""


def read(folder: Path) -> dict[str, Tensor]:
    """The state dict, fp32, of a folder that `repairlsp train export` made at INT8.

    Each weight is within half a step of its block of 32 of what was trained (Jacob et al. 2018,
    equation 1). Raises ModelError for a folder of another precision or architecture.
    """
    found = manifest.check(folder)
    if found.precision != "int8" or found.architecture != "Phi3ForCausalLM":
        raise ModelError(
            f"{folder} holds {found.precision} weights of {found.architecture}",
            "name an INT8 model folder that `repairlsp train export` made",
        )
    tables = {
        tensor.name: numpy_helper.to_array(tensor, str(folder))
        for tensor in onnx.load(folder / "model.onnx").graph.initializer
    }
    try:
        return _state(tables)
    except KeyError as error:
        raise ModelError(f"{folder}: the graph has no weights named {error}") from error


def _state(tables: dict[str, np.ndarray]) -> dict[str, Tensor]:
    layers = sum(name.endswith(".attn.o_proj.MatMul.weight_Q8") for name in tables)
    state = {"model.norm.weight": tables[f"model.layers.{layers}.final_norm_layernorm.weight"]}
    for at in range(layers):
        layer = f"model.layers.{at}"
        for norm in ("input_layernorm", "post_attention_layernorm"):
            state[f"{layer}.{norm}.weight"] = tables[f"{layer}.{norm}.weight"]
        for name in ("qkv_proj", "o_proj"):
            state[f"{layer}.self_attn.{name}.weight"] = _matrix(tables, f"{layer}.attn.{name}")
        gate, up = (_matrix(tables, f"{layer}.mlp.{name}_proj") for name in ("gate", "up"))
        state[f"{layer}.mlp.gate_up_proj.weight"] = np.concatenate([gate, up])
        state[f"{layer}.mlp.down_proj.weight"] = _matrix(tables, f"{layer}.mlp.down_proj")
    state["model.embed_tokens.weight"] = state["lm_head.weight"] = _matrix(tables, "lm_head")
    return {name: torch.tensor(value, dtype=torch.float32) for name, value in state.items()}


def _matrix(tables: dict[str, np.ndarray], name: str) -> np.ndarray:
    """[outputs, inputs] from blocks [outputs, blocks, block size] and scales [outputs, blocks]."""
    blocks = tables[f"{name}.MatMul.weight_Q8"].astype(np.float32) - _ZERO_POINT
    scales = tables[f"{name}.MatMul.weight_scales"].reshape(*blocks.shape[:2], 1)
    whole: np.ndarray = (blocks * scales).reshape(len(blocks), -1)
    return whole
