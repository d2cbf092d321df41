"""From trained weights to a model folder: checkpoint, ONNX, INT8, manifest."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal

import torch
from transformers import Phi3Config, Phi3ForCausalLM

from repairlsp.models import manifest
from repairlsp.quantize.builder import build
from repairlsp.quantize.share_embedding import share_embedding
from repairlsp.training.settings import Settings

Precision = Literal["fp32", "int8", "int4"]


def save_checkpoint(weights: Path, tokenizer: Path, settings: Settings, folder: Path) -> int:
    """Write a Hugging Face checkpoint in fp32; returns the number of parameters.

    `weights` is what the training loop wrote, `tokenizer` the tokenizer's folder.
    """
    state = torch.load(weights, map_location="cpu", weights_only=True)
    s = settings.model
    vocabulary, _ = state["model.embed_tokens.weight"].shape
    config = Phi3Config(
        vocab_size=vocabulary,
        hidden_size=s.hidden_size,
        intermediate_size=s.intermediate_size,
        num_hidden_layers=s.layers,
        num_attention_heads=s.heads,
        num_key_value_heads=s.key_value_heads,
        max_position_embeddings=s.context,
        original_max_position_embeddings=s.context,  # or the builder takes it for LongRoPE
        rope_theta=s.rope_theta,  # type: ignore[call-arg]  # a field of its own
        tie_word_embeddings=True,
        pad_token_id=0,
        bos_token_id=None,
        eos_token_id=_token_id(tokenizer, settings),
    )
    model = Phi3ForCausalLM(config)
    model.load_state_dict({name: value.float() for name, value in state.items()})
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(tokenizer / name, folder / name)
    return int(model.num_parameters())


def _token_id(tokenizer: Path, settings: Settings) -> int:
    from tokenizers import Tokenizer

    from repairlsp.generate.prompt import load

    loaded = Tokenizer.from_file(str(tokenizer / "tokenizer.json"))
    found: int | None = loaded.token_to_id(load(settings.prompt_format).end)
    assert found is not None
    return found


def export(
    weights: Path,
    tokenizer: Path,
    settings: Settings,
    folder: Path,
    precision: Precision = "int8",
    card: Path | None = None,
) -> manifest.Manifest:
    """Make the model folder that repairlsp loads; an older folder there is replaced.

    `card`, a Markdown file, becomes the folder's README.md. Raises ModelError when a step fails.
    """
    checkpoint = folder.with_name(folder.name + ".checkpoint")
    draft = folder.with_name(folder.name + ".draft")
    for stale in (checkpoint, draft):
        shutil.rmtree(stale, ignore_errors=True)
    try:
        parameters = save_checkpoint(weights, tokenizer, settings, checkpoint)
        build(checkpoint, draft, precision)
        if precision == "int8":
            share_embedding(draft)
        if card is not None:
            shutil.copyfile(card, draft / "README.md")
        made = manifest.write(
            draft,
            name=settings.name,
            architecture="Phi3ForCausalLM",
            prompt_family=settings.prompt_format,
            parameters=parameters,
            precision=precision,
            license="MIT",
        )
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    finally:
        for stale in (checkpoint, draft):
            shutil.rmtree(stale, ignore_errors=True)
    return made
