"""The tokenizer: byte-level BPE trained on the corpus, one token for each line number."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

from repairlsp.generate.prompt import PromptFormat


def train(lines: Iterable[str], vocabulary: int, format: PromptFormat) -> Tokenizer:
    """Train on single lines of code. The special tokens get the lowest ids, in their order."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = [AddedToken(token, normalized=False) for token in format.all_special_tokens]
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer


def save(tokenizer: Tokenizer, folder: Path, format: PromptFormat, context: int) -> None:
    """Write `tokenizer.json` and the configuration that transformers and genai read."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    configuration = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": context,
        "clean_up_tokenization_spaces": False,
        "pad_token": format.special_tokens[0],
        "bos_token": format.special_tokens[1],
        "eos_token": format.end,
    }
    text = json.dumps(configuration, indent=2) + "\n"
    (folder / "tokenizer_config.json").write_text(text, "utf-8")
