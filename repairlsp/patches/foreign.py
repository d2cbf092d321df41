"""Files in other languages than Python: which are source that a suggestion may change.

`context/languages.py` has grammars for those of the first line; of the others a suggestion sees the
lines around the place.
"""

from __future__ import annotations

import re

_SOURCE = re.compile(
    r".*\.([cm]?js|jsx|[cm]?ts|tsx|java|go|rs|c|h|cc|cpp|cxx|hh|hpp|hxx|rb"
    r"|cs|dart|ex|hs|jl|kt|lua|ml|php|pl|r|scala|sh|sql|swift|zig)",
    re.DOTALL,
)
_CONFIGURATION = re.compile(
    r"\..*"  # .eslintrc.js and its like
    r"|.*\.(config|conf|setup|mix)\.[cm]?[jt]s|(gulpfile|gruntfile|rakefile|gemfile)\..*"
    r"|setuptests\.[jt]sx?|build\.rs",
    re.DOTALL | re.IGNORECASE,
)
_GENERATED = re.compile(
    r".*\.(min|bundle)\.[cm]?js|.*_pb\.[jt]s|.*\.pb\.(go|cc|h)|.*_generated\.go"
    r"|zz_generated\..*|.*\.(g|gen|generated)\.[a-z]+",
    re.DOTALL | re.IGNORECASE,
)


def why_no_source(name: str) -> str:
    """Why a file of this name is no source of such a language; empty where it is one."""
    if not _SOURCE.fullmatch(name):
        return "is no source file"
    if _CONFIGURATION.fullmatch(name):
        return "is configuration"
    return "is generated" if _GENERATED.fullmatch(name) else ""
