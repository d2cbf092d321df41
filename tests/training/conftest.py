"""A run of the whole training pipeline on very little, shared by the tests that need one."""

from pathlib import Path

import pytest

TINY = """
schema_version = 1
seed = 1
name = "tiny"
prompt_format = "repair-lines-1"

[corpus]
min_lines = 3
max_lines = 25
max_line_characters = 120
max_functions_per_package = 400
held_out = ["packaging"]
packages = ["rich", "pluggy==0.0.1", "no-such-package-anywhere"]
excluded_folders = ["test", "tests", "site-packages", "idlelib", "lib2to3", "encodings"]

[tokenizer]
vocabulary = 600
sample_functions = 300

[samples]
count = 640
held_out_count = 64
max_tokens = 400
max_answer_lines = 8
bugs = [0.05, 0.75, 0.2]
unmarked = 0.4
misleading = 0.1

[samples.operators]
comparison = 4
wrong-name = 4
number = 2
syntax = 1
undefined-name = 1

[model]
hidden_size = 64
intermediate_size = 128
layers = 2
heads = 2
key_value_heads = 1
context = 512
rope_theta = 10000.0

[training]
tokens_per_batch = 2048
lengths = [128, 256, 400]
matrix_learning_rate = 0.02
embedding_learning_rate = 0.004
weight_decay = 0.0
warmup = 0.05
context_weight = 0.2
minutes = 10
evaluate_every = 20
"""


@pytest.fixture(scope="session")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recipe") / "tiny.toml"
    path.write_text(TINY)
    return path
