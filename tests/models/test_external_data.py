from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairlsp.models.external_data import locations


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*out, value))


def field(number: int, payload: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def tensor(location: str) -> bytes:
    """A TensorProto: a dimension, a data type, a name, and where its bytes are."""
    entry = field(1, b"location") + field(2, location.encode())
    offset = field(1, b"offset") + field(2, b"4096")
    dims_and_type = bytes((1 << 3, 7, 2 << 3, 1))
    return dims_and_type + field(8, b"weight") + field(13, offset) + field(13, entry)


def test_the_shipped_graph_reads_only_files_of_its_folder(shipped: Path) -> None:
    found = locations((shipped / "model.onnx").read_bytes())
    assert all((shipped / location).is_file() for location in found)
    data = shipped / "model.onnx.data"
    assert found == ({data.name} if data.exists() else set())


@pytest.mark.parametrize(
    "path",
    [
        (7, 5),  # graph.initializer
        (7, 15, 1),  # graph.sparse_initializer.values
        (7, 15, 2),
        (7, 1, 5, 5),  # graph.node.attribute.t
        (7, 1, 5, 10),
        (7, 1, 5, 6, 5),  # a branch of an If: graph.node.attribute.g.initializer
        (7, 1, 5, 11, 1, 5, 5),
        (7, 1, 5, 22, 1),
        (25, 7, 5, 5),  # a function's node
        (25, 11, 5),
        (20, 1, 5),
    ],
)
def test_a_tensor_is_found_wherever_a_graph_can_hold_one(path: tuple[int, ...]) -> None:
    message = tensor("../../etc/passwd")
    for number in reversed(path):
        message = field(3, b"a name") + field(number, message)
    assert locations(message) == {"../../etc/passwd"}


def test_a_cut_off_file_is_refused() -> None:
    whole = field(7, field(5, tensor("x")))
    for length in range(1, len(whole)):
        with pytest.raises(ValueError, match=r"longer than its message|ends within"):
            locations(whole[:length])


def test_nesting_beyond_any_graph_is_refused() -> None:
    message = b""
    for _ in range(60):
        message = field(1, field(5, field(6, message)))
    with pytest.raises(ValueError, match="too deep"):
        locations(field(7, message))


@given(st.binary(max_size=300))
def test_any_bytes_end_in_an_answer_or_a_value_error(data: bytes) -> None:
    try:
        locations(data)
    except ValueError:
        return
