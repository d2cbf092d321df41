"""Real text, mutilated: what random text never looks like."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

_ROOT = Path(__file__).parents[2]
SEEDS = tuple(
    (_ROOT / path).read_text("utf-8")
    for path in (
        "repairlsp/source.py",
        "repairlsp/context/layout.py",
        "repairlsp/patches/policy.py",
        "repairlsp/server/positions.py",
    )
)
"""Python sources with classes, decorators, nested functions, long strings and odd characters."""
_SHARDS = st.sampled_from(
    (
        *"()[{}'\\:@é😀\n\r\t\f\u2028\x85\ud800",
        '"""',
        "\r\n",
        "    ",
        "def f(",
        "class A:",
        "async ",
        "lambda",
        "if ",
    )
)


@st.composite
def mutilated(draw: st.DrawFn, most: int = 4_000) -> str:
    """A stretch of a seed, with up to six cuts, insertions and repetitions."""
    text = draw(st.sampled_from(SEEDS))
    start = draw(st.integers(0, len(text) - 1))
    text = text[start : start + draw(st.integers(0, most))]
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(text)))
        match draw(st.sampled_from(["cut", "put", "repeat"])):
            case "cut":
                text = text[:at] + text[at + draw(st.integers(1, 80)) :]
            case "put":
                text = text[:at] + draw(_SHARDS) + text[at:]
            case _:
                text = text[:at] + text[at : at + 40] * draw(st.integers(2, 20)) + text[at:]
    return text


@st.composite
def damaged_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    """`data` with up to eight bytes changed, stretches cut or doubled."""
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        match draw(st.sampled_from(["flip", "cut", "double"])):
            case "flip":
                data = data[:at] + bytes([draw(st.integers(0, 255))]) + data[at + 1 :]
            case "cut":
                data = data[:at] + data[at + draw(st.integers(1, 40)) :]
            case _:
                data = data[:at] + data[at : at + 40] + data[at:]
    return data
