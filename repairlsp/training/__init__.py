"""Making the embedded model: corpus, bug operators, tokenizer, training loop, export.

Needs the extra `[train]`. Stages, in order: corpus -> tokenizer -> samples -> train -> export ->
evaluate. All settings are in one TOML file, `embedded.toml`.
"""
