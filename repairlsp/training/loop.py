"""The training loop: one command on CPU or one CUDA GPU, resumable, for a number of minutes."""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import torch
from torch import nn

from repairlsp.training.batches import Batch, batches
from repairlsp.training.muon import Muon
from repairlsp.training.phi3 import Phi3
from repairlsp.training.settings import Settings
from repairlsp.training.shards import Shard


class Score(NamedTuple):
    """On held-out samples: answer loss in nats per token; shares whose first pointer, and whose
    whole answer, greedy decoding gets right (teacher forcing gives the same verdict)."""

    loss: float
    pointer: float
    exact: float


_GLANCE = 300
"""Held-out samples that are looked at during training; all of them at its end."""


def train(
    settings: Settings,
    training: Shard,
    held_out: Shard,
    folder: Path,
    *,
    vocabulary: int,
    minutes: float | None = None,
    steps: int | None = None,
    start_from: Path | None = None,
    compile_model: bool = True,
) -> Score:
    """Train for `minutes`, or for `steps` if that is sooner.

    Continues from `folder`'s checkpoint if there is one, or starts from `start_from`'s weights.
    Writes `checkpoint.pt` (fp32 weights and optimizer), `weights.pt` (bf16 weights, what later
    runs start from) and `log.jsonl` into `folder`. The learning rate falls linearly to zero over
    the time given. Returns the final held-out score.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(settings.seed)
    minutes = settings.training.minutes if minutes is None else minutes
    folder.mkdir(parents=True, exist_ok=True)
    model = Phi3(settings.model, vocabulary).to(device)
    if start_from:
        model.load_state_dict(torch.load(start_from, map_location=device, weights_only=True))
    optimizers = _optimizers(model, settings)
    state = {"step": 0, "seconds": 0.0, "tokens": 0}
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device, weights_only=True)
        model.load_state_dict(saved["model"])
        for optimizer, values in zip(optimizers, saved["optimizers"], strict=True):
            optimizer.load_state_dict(values)
        state = saved["state"]
    loss_of = torch.compile(model.loss, dynamic=False) if compile_model else model.loss
    few = held_out.head(_GLANCE)
    stream = _epochs(training, settings, int(state["step"]))
    saved_at = time.monotonic()
    began = saved_at - state["seconds"]
    score = Score(float("nan"), 0.0, 0.0)
    while True:
        progress = max((time.monotonic() - began) / (60 * minutes), state["step"] / (steps or 1e12))
        if progress >= 1:
            break
        batch = next(stream)
        rate = min(1.0, progress / settings.training.warmup) * (1 - progress)
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["base_lr"] * rate
        with torch.autocast(device.type, torch.bfloat16, enabled=_bf16_pays(device)):
            loss = loss_of(
                *(part.to(device) for part in (batch.tokens, batch.places, batch.weights))
            )
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        state["step"] += 1
        state["tokens"] += int((batch.tokens > 0).sum())
        state["seconds"] = time.monotonic() - began
        if state["step"] % settings.training.evaluate_every == 0:
            score = evaluate(model, few, settings)
            _log(folder, {**state, "training_loss": loss.item(), **score._asdict()})
        if time.monotonic() - saved_at > 300:
            saved_at = time.monotonic()
            _save(checkpoint, model, optimizers, state)
    _save(checkpoint, model, optimizers, state)
    half = {name: value.to(torch.bfloat16) for name, value in model.state_dict().items()}
    half["lm_head.weight"] = half["model.embed_tokens.weight"]  # tied: stored once
    torch.save(half, folder / "weights.pt")
    score = evaluate(model, held_out, settings)
    _log(folder, {**state, "final": True, **score._asdict()})
    return score


def _optimizers(model: Phi3, settings: Settings) -> list[torch.optim.Optimizer]:
    """Muon (Jordan 2024) for the matrices, AdamW for embeddings and norms.

    At this scale Muon needs about half the tokens of AdamW for the same loss.
    """
    s = settings.training
    matrices = [p for n, p in model.named_parameters() if p.ndim == 2 and "embed" not in n]
    others = [p for n, p in model.named_parameters() if p.ndim != 2 or "embed" in n]
    optimizers: list[torch.optim.Optimizer] = [
        Muon(matrices, lr=s.matrix_learning_rate, weight_decay=s.weight_decay),
        torch.optim.AdamW(
            others, lr=s.embedding_learning_rate, betas=(0.9, 0.95), weight_decay=0.0
        ),
    ]
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["base_lr"] = group["lr"]
    return optimizers


def _bf16_pays(device: torch.device) -> bool:
    """Everywhere but on CPUs without bf16 instructions, where it is emulated."""
    return device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()


def _epochs(shard: Shard, settings: Settings, skip: int) -> Iterator[Batch]:
    passes = (
        batches(shard, settings.training, settings.seed + epoch) for epoch in itertools.count()
    )
    return itertools.islice(itertools.chain.from_iterable(passes), skip, None)


@torch.no_grad()
def evaluate(model: Phi3, shard: Shard, settings: Settings) -> Score:
    """Score a model on every sample of a shard."""
    device = next(model.parameters()).device
    loss = tokens = pointers = exact = count = 0.0
    for batch in batches(shard, settings.training, None):
        targets, answers = batch.tokens[:, 1:].to(device), batch.answers.to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=_bf16_pays(device)):
            logits = model.logits(batch.tokens[:, :-1].to(device)).float()
        losses = nn.functional.cross_entropy(logits.transpose(1, 2), targets, reduction="none")
        loss += losses[answers].sum().item()
        tokens += answers.sum().item()
        right = (logits.argmax(-1) == targets) | ~answers
        first = answers & (answers.cumsum(1) == 1)
        pointers += (right | ~first).all(1).sum().item()
        exact += right.all(1).sum().item()
        count += len(targets)
    return Score(loss / tokens, pointers / count, exact / count)


def _save(
    path: Path, model: Phi3, optimizers: list[torch.optim.Optimizer], state: dict[str, float]
) -> None:
    part = path.with_suffix(".part")
    values = [optimizer.state_dict() for optimizer in optimizers]
    torch.save({"model": model.state_dict(), "optimizers": values, "state": state}, part)
    part.replace(path)


def _log(folder: Path, row: dict[str, float]) -> None:
    text = json.dumps({k: round(v, 5) if isinstance(v, float) else v for k, v in row.items()})
    print(text, file=sys.stderr, flush=True)
    with (folder / "log.jsonl").open("a") as file:
        file.write(text + "\n")
