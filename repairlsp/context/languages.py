"""The languages that we have a grammar for, by the names of their files."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple


class Language(NamedTuple):
    """A grammar: `entry` of the package `tree_sitter_<module>`, and `queries/<query>.scm`."""

    module: str
    query: str
    entry: str = "language"


PYTHON = Language("python", "python")
_JAVASCRIPT = Language("javascript", "javascript")
_TYPESCRIPT = Language("typescript", "typescript", "language_typescript")
_TSX = Language("typescript", "typescript", "language_tsx")
_CPP = Language("cpp", "cpp")

LANGUAGES = {
    **dict.fromkeys((".py", ".pyi"), PYTHON),
    **dict.fromkeys((".js", ".jsx", ".mjs", ".cjs"), _JAVASCRIPT),
    **dict.fromkeys((".ts", ".mts", ".cts"), _TYPESCRIPT),
    ".tsx": _TSX,
    ".java": Language("java", "java"),
    ".go": Language("go", "go"),
    ".rs": Language("rust", "rust"),
    ".c": Language("c", "c"),
    # A header may be either; what is valid C is nearly always valid C++.
    **dict.fromkeys((".h", ".cpp", ".cc", ".cxx", ".hpp", ".hh", ".hxx"), _CPP),
    ".rb": Language("ruby", "ruby"),
}
"""By suffix, in lower case."""


def language_of(path: str) -> Language | None:
    """The language of a file; None where we have no grammar for it.

    >>> language_of("src/Main.JAVA").module, language_of("notes.txt")
    ('java', None)
    """
    return LANGUAGES.get(PurePosixPath(path).suffix.lower())
