"""Running out of memory, by whatever name a library gives it."""

from __future__ import annotations

HINT = (
    "Close something or choose a smaller model, and ask again: the worker starts anew. "
    "`repairlsp doctor` says how much memory the model takes and how much is free."
)

_SIGNS = (
    "bad_alloc",  # C++'s operator new
    "Failed to allocate memory",  # onnxruntime's arena
    "Memory allocation still failed",  # OpenBLAS
    "failed to map segment",  # the dynamic loader
    "Cannot allocate memory",  # ENOMEM
    "MemoryError",
    "can't start new thread",  # Python, when there is none for its stack
    "Unable to convert function return value",  # pybind11, when an array cannot be made
)


def tells_of_no_memory(text: str) -> bool:
    """Whether a message of the model runtime, or of what it needs, means that memory ran out."""
    return any(sign in text for sign in _SIGNS)


def is_no_memory(error: BaseException) -> bool:
    """Whether an exception of theirs means it."""
    return isinstance(error, MemoryError) or tells_of_no_memory(str(error))
