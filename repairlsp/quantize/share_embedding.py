"""One INT8 table for the embedding and the output head of a model that ties them.

The builder quantizes the head but leaves the embedding in fp32, a second copy of the same numbers
and in a small model a third of the file. Here the embedding becomes a look-up in the head's table.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import numpy as np
import onnx
from onnx import helper, numpy_helper

from repairlsp.errors import ModelError


def share_embedding(folder: Path) -> None:
    """Rewrite `model.onnx` in place. Raises ModelError when the graph is not as expected."""
    path = folder / "model.onnx"
    model = onnx.load(path)
    graph = model.graph
    tables = {tensor.name: tensor for tensor in graph.initializer}
    weight = _only(name for name in tables if name.startswith("lm_head") and "weight_Q8" in name)
    scale = _only(name for name in tables if name.startswith("lm_head") and "scale" in name)
    gather = _only(n for n in graph.node if n.op_type == "Gather" and "embed_tokens" in n.name)
    rows, blocks, size = tables[weight].dims
    nodes = []
    for source, target, shape in (
        (weight, "embedding_weight", (rows, blocks * size)),
        (scale, "embedding_scale", (rows, blocks)),
    ):
        dims = numpy_helper.from_array(np.asarray(shape, np.int64), f"{target}_shape")
        graph.initializer.append(dims)
        nodes.append(helper.make_node("Reshape", [source, dims.name], [target], name=f"/{target}"))
    nodes.append(
        helper.make_node(
            "GatherBlockQuantized",
            ["embedding_weight", gather.input[1], "embedding_scale"],
            [gather.output[0]],
            name="/model/embed_tokens/GatherBlockQuantized",
            domain="com.microsoft",
            bits=8,
            block_size=size,
            gather_axis=0,
            quantize_axis=1,
        )
    )
    at = list(graph.node).index(gather)
    graph.initializer.remove(tables[gather.input[0]])
    graph.node.remove(gather)
    for offset, node in enumerate(nodes):
        graph.node.insert(at + offset, node)
    (folder / "model.onnx.data").unlink()
    onnx.save_model(
        model, path, save_as_external_data=True, location="model.onnx.data", size_threshold=1024
    )
    (folder / "model.onnx.data").chmod(0o644)  # it was written for its owner alone


_T = TypeVar("_T")


def _only(found: Iterable[_T]) -> _T:
    items = list(found)
    if len(items) != 1:
        raise ModelError(f"the graph has {len(items)} of what should be one: {items}")
    return items[0]
