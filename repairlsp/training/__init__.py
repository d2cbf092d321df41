"""Making the embedded model: corpus, bug operators, tokenizer, training loop, export.

Needs the extra `[train]`. Stages, in order: corpus -> tokenizer -> samples -> train -> export ->
evaluate. All settings are in one TOML file, `embedded.toml`. `embedded.pt` holds the embedded
model's weights in bf16, for later training to start from (`repairlsp train run --start-from`, with
the tokenizer of `models/embedded/`); it is in the repository, not in the wheel.
"""
