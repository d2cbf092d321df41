"""Settings come in layers that cover the one below: defaults, a file, the environment."""

import copy
import json
import tomllib
from pathlib import Path


def merge(base, over):
    """A tree with what `over` says, and what `base` says where `over` is silent.

    Tables are merged; every other value, a list too, replaces the one below it. The tree is a new
    one, and the caller's own: changing it changes neither `base` nor `over`.
    """
    merged = copy.deepcopy(base)
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = merge(merged[key], value)
        else:
            merged[key] = copy.deepcopy(value)
    return merged


def read_file(path):
    """The tree in a TOML or JSON file. ValueError for other files."""
    path = Path(path)
    if path.suffix == ".toml":
        return tomllib.loads(path.read_text(encoding="utf-8"))
    if path.suffix == ".json":
        return json.loads(path.read_text(encoding="utf-8"))
    raise ValueError(f"{path.name}: settings are .toml or .json")
